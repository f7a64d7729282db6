/** The Update Framework 1.0 and what a release is made of. */
package tv.hearth.tuf;
