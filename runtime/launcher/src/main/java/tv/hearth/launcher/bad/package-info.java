/** What the demo's bad release brings; never runs in the launcher itself. */
package tv.hearth.launcher.bad;
