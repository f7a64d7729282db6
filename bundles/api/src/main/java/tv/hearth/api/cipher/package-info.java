/** Sealing objects, names and keys; keys stay opaque to callers. */
@Export
@Version("0.1.0")
package tv.hearth.api.cipher;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
