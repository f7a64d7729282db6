/** A neighbourhood of real processes on this machine: a JVM a box, a headend, a broker. */
package tv.hearth.launcher.hood;
