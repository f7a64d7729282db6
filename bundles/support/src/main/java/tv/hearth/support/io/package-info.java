/** Durable files with least rights. */
package tv.hearth.support.io;
