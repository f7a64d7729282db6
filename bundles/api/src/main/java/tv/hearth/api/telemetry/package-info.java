/** Meters that bundles offer to the telemetry whiteboard. */
@Export
@Version("0.1.0")
package tv.hearth.api.telemetry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
