/** What decides: shapes, formats and state machines; no OSGi, I/O, thread or clock in it. */
package tv.hearth.objects.core;
