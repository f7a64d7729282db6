/** What the agent must know again after a restart. */
package tv.hearth.management.store;
