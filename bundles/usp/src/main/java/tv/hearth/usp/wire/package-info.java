/** The wire format of protocol buffers, as far as USP needs it; every length is bounded. */
package tv.hearth.usp.wire;
