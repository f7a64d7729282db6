package tv.hearth.headend.registry.shell;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tv.hearth.api.operator.FleetWork;

/** What other bundles of the headend have under way in the fleet. Thread-safe. */
public final class Works {
  private final Set<FleetWork> all = ConcurrentHashMap.newKeySet();

  /** Work came. */
  public void add(FleetWork work) {
    all.add(work);
  }

  /** Work is gone. */
  public void remove(FleetWork work) {
    all.remove(work);
  }

  /** The first that is under way. */
  Optional<String> underWay() {
    return all.stream().map(FleetWork::underWay).flatMap(Optional::stream).findFirst();
  }
}
