/** Whose a bundle is. */
package tv.hearth.support.owner;
