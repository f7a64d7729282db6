/** The USP agent of a box. */
package tv.hearth.management;
