/** The headend as a node of its own neighbourhood. */
package tv.hearth.headend.registry.node;
