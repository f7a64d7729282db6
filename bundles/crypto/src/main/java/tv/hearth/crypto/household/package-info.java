/** The household's root, its recovery phrase, and the wrapped form that neighbours keep. */
package tv.hearth.crypto.household;
