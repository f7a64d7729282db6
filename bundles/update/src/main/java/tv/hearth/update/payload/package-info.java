/** Payloads of releases: from neighbours first, chunk by chunk, else from the repository. */
package tv.hearth.update.payload;
