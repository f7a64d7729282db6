/**
 * The last resort: firmware that is never updated, needs the framework and the JDK alone, starts
 * before every other bundle of ours, and sees to it that a box comes back to its last good set
 * whatever happens to {@code update}.
 */
package tv.hearth.anchor;
