/** Threads that a box depends on, kept running and watched. */
package tv.hearth.support.thread;
