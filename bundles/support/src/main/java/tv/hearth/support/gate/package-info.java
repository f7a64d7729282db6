/** Waiting, bounded, for a service that is being replaced. */
package tv.hearth.support.gate;
