/** The running member: its files, its threads, its place in the neighbourhood. */
package tv.hearth.membership.node;
