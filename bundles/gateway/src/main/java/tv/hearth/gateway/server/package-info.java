/** Sockets, connections and bodies (RFC 9112): what is owned, bounded and timed. */
package tv.hearth.gateway.server;
