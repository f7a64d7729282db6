/** Merkle trees over units and pieces. */
package tv.hearth.support.merkle;
