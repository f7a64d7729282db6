/** {@code hearth release}: keys, signatures and publication of releases. */
package tv.hearth.launcher.command.release;
