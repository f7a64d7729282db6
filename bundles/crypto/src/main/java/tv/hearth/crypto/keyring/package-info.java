/** The keys of the spaces, and the catalogue's grants. */
package tv.hearth.crypto.keyring;
