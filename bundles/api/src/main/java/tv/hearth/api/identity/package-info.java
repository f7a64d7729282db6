/** Who this node is: its keys, certificates and signatures. */
@Export
@Version("0.1.0")
package tv.hearth.api.identity;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
