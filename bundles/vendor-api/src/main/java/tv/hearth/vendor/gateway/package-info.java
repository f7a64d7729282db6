/** Where the household's players reach Hearth. */
@Export
@Version("0.1.0")
package tv.hearth.vendor.gateway;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
