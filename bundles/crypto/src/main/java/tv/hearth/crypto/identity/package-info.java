/** The node's identity: certificates, requests, TLS, signatures in its name. */
package tv.hearth.crypto.identity;
