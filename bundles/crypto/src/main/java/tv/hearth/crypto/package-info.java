/** Components of the crypto bundle; what decides is in the packages below. */
package tv.hearth.crypto;
