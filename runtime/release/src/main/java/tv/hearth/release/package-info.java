/** Making, signing and publishing releases: keys, metadata and a repository's folder. */
package tv.hearth.release;
