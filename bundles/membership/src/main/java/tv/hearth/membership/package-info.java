/** Membership of this box as an OSGi component. */
package tv.hearth.membership;
