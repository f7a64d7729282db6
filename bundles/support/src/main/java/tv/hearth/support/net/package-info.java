/** Connections that are bounded in time; hosts and ports as text. */
package tv.hearth.support.net;
