/** Asking the headend for certificates. */
package tv.hearth.membership.enrol;
