/** COSE_Sign1 (RFC 9052) without keys: what is signed, and its envelope. */
package tv.hearth.support.cose;
