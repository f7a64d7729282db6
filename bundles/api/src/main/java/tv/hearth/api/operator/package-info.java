/** Pages that the headend's bundles have for the operator. */
@Export
@Version("0.2.0")
package tv.hearth.api.operator;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
