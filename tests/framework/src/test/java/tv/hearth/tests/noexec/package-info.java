/** A box whose data partition may hold no programs. */
package tv.hearth.tests.noexec;
