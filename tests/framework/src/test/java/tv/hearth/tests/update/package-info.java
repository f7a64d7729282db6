/**
 * Boxes in this JVM, on Felix and on Equinox, that are updated for real: every fault a bundle can
 * bring.
 */
package tv.hearth.tests.update;
