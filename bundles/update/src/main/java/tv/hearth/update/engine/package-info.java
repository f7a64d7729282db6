/**
 * What decides about updates, over ports: no OSGi, no file, no thread and no clock of its own. Runs
 * in tests on a disk that loses what was not synced.
 */
package tv.hearth.update.engine;
