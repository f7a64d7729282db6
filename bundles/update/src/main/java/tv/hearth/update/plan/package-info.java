/** Signed metadata, and what it says of releases. */
package tv.hearth.update.plan;
