/** Identifiers and immutable bytes that our contracts share. */
@Export
@Version("0.1.0")
package tv.hearth.api.value;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
