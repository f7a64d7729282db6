/** The registry's SQLite file. */
package tv.hearth.headend.registry.store;
