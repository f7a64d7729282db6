/** Checks signatures and certificates from outside. */
package tv.hearth.crypto.signature;
