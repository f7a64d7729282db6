/** Chunks of release payloads that boxes hand to each other. */
@Export
@Version("0.1.0")
package tv.hearth.api.payload;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
