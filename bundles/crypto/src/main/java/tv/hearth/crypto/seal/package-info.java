/** Sealing of objects in Tink's streaming format; docs/format-sealing.md. */
package tv.hearth.crypto.seal;
