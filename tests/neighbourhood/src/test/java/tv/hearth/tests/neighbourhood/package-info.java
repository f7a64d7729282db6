/** A JVM a box, a real broker, real TLS; boxes killed, cut off and corrupted. */
package tv.hearth.tests.neighbourhood;
