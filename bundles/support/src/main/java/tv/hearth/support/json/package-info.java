/** Writing JSON (RFC 8259). */
package tv.hearth.support.json;
