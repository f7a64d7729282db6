/** Lets the launcher and tests command a box on this machine; no part of what a vendor installs. */
package tv.hearth.runtime.control;
