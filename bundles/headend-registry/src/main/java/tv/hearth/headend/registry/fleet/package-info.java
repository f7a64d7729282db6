/** The fleet's boxes and the map made of them. Pure. */
package tv.hearth.headend.registry.fleet;
