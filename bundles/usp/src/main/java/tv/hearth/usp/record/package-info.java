/** USP records (TR-369, section "Encoding"): the envelopes of messages. */
package tv.hearth.usp.record;
