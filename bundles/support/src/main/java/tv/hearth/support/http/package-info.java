/** What HTTP/1.1 wants of whoever reads it, for every server of ours. Pure. */
package tv.hearth.support.http;
