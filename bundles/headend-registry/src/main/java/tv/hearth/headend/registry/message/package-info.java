/** What boxes tell the headend over the broker. */
package tv.hearth.headend.registry.message;
