/** The agent: from a request to its response. Pure. */
package tv.hearth.management.agent;
