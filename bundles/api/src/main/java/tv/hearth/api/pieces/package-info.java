/** Durable pieces and small records on this box. */
@Export
@Version("0.2.0")
package tv.hearth.api.pieces;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
