/** The erasure code over the units of a stripe. */
@Export
@Version("0.1.0")
package tv.hearth.api.erasure;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
