/** The level of a neighbourhood: what may be written and sent there, whatever else is known. */
package tv.hearth.support.level;
