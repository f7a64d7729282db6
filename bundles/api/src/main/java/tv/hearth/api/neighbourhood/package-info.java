/** The neighbourhood as the last verified map shows it. */
@Export
@Version("0.2.0")
package tv.hearth.api.neighbourhood;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
