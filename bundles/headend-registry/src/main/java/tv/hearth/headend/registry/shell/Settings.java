package tv.hearth.headend.registry.shell;

import java.nio.file.Path;
import java.time.Duration;
import tv.hearth.headend.registry.web.Limits;

/**
 * How a headend runs.
 *
 * @param database the registry's file
 * @param settle from the first change of the fleet to the map that shows it
 * @param mapLife from making a map to its expiry
 * @param recordsPerOwner most names catalogued for one owner
 */
public record Settings(
    Path database,
    String host,
    int port,
    Duration settle,
    Duration mapLife,
    long recordsPerOwner,
    Limits limits) {}
