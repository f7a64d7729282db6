/** The objects that this bundle contributes to the data model. */
package tv.hearth.management.object;
