package tv.hearth.headend.registry.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tv.hearth.headend.registry.web.Limits;

/**
 * How a headend runs.
 *
 * @param database the registry's file
 * @param names further DNS names and addresses of the listener
 * @param settle from the first change of the fleet to the map that shows it
 * @param mapLife from making a map to its expiry
 * @param silence after so long without a sign of life a box is no member any more; zero: never
 * @param repository folder of the releases that boxes get here, or null
 * @param recordsPerOwner most names catalogued for one owner
 */
public record Settings(
    Path database,
    String host,
    int port,
    List<String> names,
    Duration settle,
    Duration mapLife,
    Duration silence,
    Path repository,
    long recordsPerOwner,
    Limits limits) {
  /** Copies the list. */
  public Settings {
    names = List.copyOf(names);
  }
}
