/** USP messages (TR-369 1.3, {@code usp-msg-1-3.proto}), for agents and controllers. */
package tv.hearth.usp.message;
