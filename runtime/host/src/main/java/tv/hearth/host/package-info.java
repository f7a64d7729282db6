/**
 * One OSGi framework in one JVM: a box or a headend on this machine, on whichever framework the
 * class path has.
 */
package tv.hearth.host;
