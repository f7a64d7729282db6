/** What a release's targets say: the feature, its bundles, and the trees over their bytes. */
package tv.hearth.tuf.release;
