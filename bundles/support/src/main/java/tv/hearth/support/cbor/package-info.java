/** Deterministic CBOR (RFC 8949), the subset that signed records use. */
package tv.hearth.support.cbor;
