/** Answers to neighbours' requests, on worker threads. */
package tv.hearth.transfer.serve;
