/** The update agent of a box. */
package tv.hearth.update;
