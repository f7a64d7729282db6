/** Health of a bundle, asked for by whoever updates it. */
@Export
@Version("0.1.0")
package tv.hearth.api.health;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
