/** The client of The Update Framework, over a fetcher, a store and a clock. */
package tv.hearth.tuf.client;
