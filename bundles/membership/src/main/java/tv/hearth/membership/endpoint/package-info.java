/** Where members can be reached, by their own signed word. Pure. */
package tv.hearth.membership.endpoint;
