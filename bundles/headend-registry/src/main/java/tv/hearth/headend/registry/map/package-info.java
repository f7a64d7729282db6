/** Signing and publishing the map. */
package tv.hearth.headend.registry.map;
