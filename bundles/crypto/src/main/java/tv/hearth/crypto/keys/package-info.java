/** The node's secret keys, the file that holds them, and what is derived from them. */
package tv.hearth.crypto.keys;
