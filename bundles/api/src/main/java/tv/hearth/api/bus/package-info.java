/** The one session with the operator's broker. */
@Export
@Version("0.1.0")
package tv.hearth.api.bus;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
