/** Which boxes hold which pieces. */
@Export
@Version("0.1.0")
package tv.hearth.api.placement;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
