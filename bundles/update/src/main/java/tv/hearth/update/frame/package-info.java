/** The engine's ports over the OSGi framework. */
package tv.hearth.update.frame;
