/** Deciding who may be a member, and issuing certificates to those. */
package tv.hearth.headend.registry.enrol;
