/** Connections that are bounded in time. */
package tv.hearth.support.net;
