/** Reading from a box as docs/format-gateway.md asks of every client. */
package tv.hearth.launcher.fetch;
