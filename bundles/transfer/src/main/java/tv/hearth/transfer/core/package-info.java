/** What decides: routes, ranges, rules of acceptance, shaping. Pure: time comes in. */
package tv.hearth.transfer.core;
