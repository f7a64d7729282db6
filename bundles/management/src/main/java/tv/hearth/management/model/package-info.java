/** Paths, search expressions and what they find among the objects of all bundles. Pure. */
package tv.hearth.management.model;
