/** The records that boxes sign, send and keep. */
package tv.hearth.support.record;
