/** Pieces and records between boxes. */
@Export
@Version("0.2.0")
package tv.hearth.api.transfer;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
