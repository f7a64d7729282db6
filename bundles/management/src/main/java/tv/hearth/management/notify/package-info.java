/** Subscriptions, and how controllers hear of what they asked for. */
package tv.hearth.management.notify;
