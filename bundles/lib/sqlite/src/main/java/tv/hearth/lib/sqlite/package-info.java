/** What is ours in the library bundle: how SQLite's native library is found. */
package tv.hearth.lib.sqlite;
