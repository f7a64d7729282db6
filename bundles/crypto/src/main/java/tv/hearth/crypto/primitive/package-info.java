/** Thin, stateless wrappers around the JDK's and Bouncy Castle's primitives. */
package tv.hearth.crypto.primitive;
