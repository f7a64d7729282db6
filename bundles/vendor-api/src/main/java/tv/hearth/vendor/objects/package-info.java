/** Storing and reading objects; what an EPG may use. */
@Export
@Version("0.1.0")
package tv.hearth.vendor.objects;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
