package tv.hearth.gateway.server;

import tv.hearth.gateway.http.Desk;
import tv.hearth.gateway.http.Door;

/**
 * What all connections of a gateway share.
 *
 * @param readers threads that may block on the store
 */
public record House(
    Settings settings, Door door, Desk desk, StoreReader store, Lanes readers, Books books) {}
