/** The enrolment listener: HTTP/1.1 over TLS, one request a connection, bounded in every phase. */
package tv.hearth.headend.registry.web;
