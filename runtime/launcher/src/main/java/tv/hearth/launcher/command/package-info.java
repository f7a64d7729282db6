/** The commands. */
package tv.hearth.launcher.command;
