/** What a bundle shows to the operator's controllers, in the words of TR-106 and TR-369. */
@Export
@Version("0.1.0")
package tv.hearth.api.datamodel;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
