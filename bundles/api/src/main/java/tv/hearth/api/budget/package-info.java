/** What the household lets Hearth use at the moment. */
@Export
@Version("0.1.0")
package tv.hearth.api.budget;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
