/** A strict, bounded JSON for hostile bytes, and its canonical form. */
package tv.hearth.tuf.json;
