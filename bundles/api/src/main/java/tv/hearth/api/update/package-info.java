/** The update of this box's bundles. */
@Export
@Version("0.3.0")
package tv.hearth.api.update;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
