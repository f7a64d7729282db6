/** Certificates and key files: Ed25519 alone, X.509 (RFC 5280, RFC 8410), PEM (RFC 7468). */
package tv.hearth.headend.registry.pki;
