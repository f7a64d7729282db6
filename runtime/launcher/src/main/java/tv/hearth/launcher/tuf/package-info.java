/** The command-line client of The Update Framework: folder, HTTP, downloads. */
package tv.hearth.launcher.tuf;
