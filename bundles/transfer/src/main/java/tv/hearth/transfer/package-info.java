/** Pieces and records between boxes. */
package tv.hearth.transfer;
