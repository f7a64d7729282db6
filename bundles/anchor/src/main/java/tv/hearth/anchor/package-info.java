/** The last resort of a box. */
package tv.hearth.anchor;
