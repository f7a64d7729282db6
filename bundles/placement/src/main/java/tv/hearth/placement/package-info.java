/** Weighted rendezvous hashing over the map; format page {@code docs/format-placement.md}. */
package tv.hearth.placement;
