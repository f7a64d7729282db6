package tv.hearth.headend.registry.web;

import java.util.Optional;
import tv.hearth.headend.registry.enrol.Peer;

/**
 * A whole request.
 *
 * @param path without query
 * @param body at most {@link Limits#body} bytes; not to be changed
 * @param range the header Range, or empty
 * @param peer whoever showed a client certificate
 */
public record Request(String method, String path, byte[] body, String range, Optional<Peer> peer) {}
