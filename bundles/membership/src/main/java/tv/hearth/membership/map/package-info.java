/** Which maps a box believes. Pure. */
package tv.hearth.membership.map;
