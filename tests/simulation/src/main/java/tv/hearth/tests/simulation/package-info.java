/**
 * A neighbourhood in one thread: the machines that the bundles run, over a network, disks and a
 * clock that are made up. A seed decides everything, and a run is the same to its last event.
 */
package tv.hearth.tests.simulation;
