/** Problems in words for whoever has to do something about them. */
package tv.hearth.support.problem;
