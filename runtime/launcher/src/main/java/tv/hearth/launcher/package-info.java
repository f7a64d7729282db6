/** The command line {@code runtime/hearth}. */
package tv.hearth.launcher;
