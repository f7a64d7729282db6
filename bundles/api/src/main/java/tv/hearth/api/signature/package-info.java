/** Checking signed records. */
@Export
@Version("0.2.0")
package tv.hearth.api.signature;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
