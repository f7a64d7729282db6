/** HTTP/1.1 over mutual TLS 1.3 on Netty: listener, connections, pool. */
package tv.hearth.transfer.net;
