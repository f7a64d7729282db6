/**
 * The operator's key material in a folder, made and changed by the operator's tools; the headend
 * reads its own part of it. Needs no OSGi.
 */
package tv.hearth.headend.registry.operator;
