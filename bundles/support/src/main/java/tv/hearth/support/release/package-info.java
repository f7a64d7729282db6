/**
 * What {@code update} and {@code anchor} share: journal, bundle store, and bringing the framework
 * to a set of bundles. The formats are on the page {@code docs/format-update.md}.
 */
package tv.hearth.support.release;
