/** What the vendor's middleware tells Hearth about the household. */
@Export
@Version("0.1.0")
package tv.hearth.vendor.household;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
