/**
 * What to answer: RFC 9110 and the gateway's resources, without sockets, threads or clocks. Times
 * come in as parameters.
 */
package tv.hearth.gateway.http;
