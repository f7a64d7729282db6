/** {@code hearth fleet …}: campaigns, seen and steered. */
package tv.hearth.launcher.command.fleet;
