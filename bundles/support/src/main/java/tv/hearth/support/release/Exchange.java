package tv.hearth.support.release;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Brings the framework to a set of bundles. Idempotent: cut short anywhere and done again, it ends
 * with the same bundles. Stops, exchanges and starts no more than what changes and what that
 * refreshes, batch by batch, so that each service is away as short as can be. It takes its {@link
 * Turn}, so that {@code anchor} and {@code update} never exchange at once. One thread at a time.
 */
public final class Exchange {
  private static final int LAST = 1_000;

  private final Frame frame;
  private final BundleStore store;
  private final Marks marks;

  /** Over its ports. */
  public Exchange(Frame frame, BundleStore store, Marks marks) {
    this.frame = frame;
    this.store = store;
    this.marks = marks;
  }

  /**
   * How it is to be done.
   *
   * @param believe whether the marks count; false after a trial was cut short
   * @param tolerant go on after a failure, with the next bundle
   * @param startAll start also what did not change and is not running
   * @param leave symbolic name whose batch is left as it is; empty for none
   */
  public record Manner(boolean believe, boolean tolerant, boolean startAll, String leave) {}

  /**
   * What was done.
   *
   * @param isWhole false where a batch was left
   * @param failures what did not do; empty unless tolerant
   * @param gaps milliseconds that each restarted bundle was away, by symbolic name
   */
  public record Outcome(boolean isWhole, List<String> failures, Map<String, Long> gaps) {}

  /** Whether something is to be done at all. */
  public boolean isAt(SetRecord set, boolean believe) throws IOException, FrameException {
    return Difference.between(frame, set, store, marks, believe).isEmpty();
  }

  /**
   * Ids of all bundles that going there would restart.
   *
   * @throws FrameException where one of them is not ours
   */
  public Set<Long> touched(SetRecord set) throws IOException, FrameException {
    Difference difference = Difference.between(frame, set, store, marks, true);
    List<Frame.Placed> touched = new ArrayList<>(difference.changed().keySet());
    touched.addAll(difference.removed());
    Set<Long> all = new HashSet<>();
    Batches.of(frame, touched).forEach(all::addAll);
    return all;
  }

  /**
   * Units that going there would need, and that are neither in the store nor in the firmware.
   *
   * @param believe whether the marks count
   */
  List<UnitRecord> lacking(SetRecord set, boolean believe) throws IOException, FrameException {
    Difference difference = Difference.between(frame, set, store, marks, believe);
    List<UnitRecord> lacking = new ArrayList<>();
    for (UnitRecord unit : difference.needed()) {
      if (!store.has(unit)) {
        lacking.add(unit);
      }
    }
    return lacking;
  }

  /** Whether one of these bundles has that symbolic name. */
  public boolean touches(Set<Long> ids, String symbolicName) {
    return ids.stream().anyMatch(id -> symbolicName.equals(frame.name(id)));
  }

  /**
   * Brings it there.
   *
   * @throws FrameException at the first failure, unless tolerant
   * @throws IOException where store or marks can't be read or written, or another owner exchanges
   */
  public Outcome to(SetRecord set, Manner manner) throws IOException, FrameException {
    Turn mine = marks.turn();
    try {
      Difference difference = Difference.between(frame, set, store, marks, manner.believe());
      Run run = new Run(set, difference, manner);
      run.all();
      return new Outcome(run.whole, run.failures, run.gaps);
    } finally {
      mine.close();
    }
  }

  private final class Run {
    private final SetRecord set;
    private final Difference difference;
    private final Manner manner;
    private final List<String> failures = new ArrayList<>();
    private final Map<String, Long> gaps = new TreeMap<>();
    private final Map<Long, Frame.Placed> bundles = new HashMap<>();
    private boolean whole = true;

    Run(SetRecord set, Difference difference, Manner manner) {
      this.set = set;
      this.difference = difference;
      this.manner = manner;
    }

    void all() throws IOException, FrameException {
      frame.bundles().forEach(bundle -> bundles.put(bundle.id(), bundle));
      List<Long> added = new ArrayList<>();
      for (UnitRecord unit : difference.added()) {
        attempt(() -> added.add(install(unit)));
      }
      List<Frame.Placed> touched = new ArrayList<>(difference.changed().keySet());
      touched.addAll(difference.removed());
      List<Set<Long>> batches = new ArrayList<>(Batches.of(frame, touched));
      batches.sort(
          Comparator.comparingInt(
              batch -> batch.stream().mapToInt(this::order).min().orElse(LAST)));
      for (Set<Long> batch : batches) {
        if (batch.stream().anyMatch(id -> frame.name(id).equals(manner.leave()))) {
          whole = false;
        } else {
          exchange(batch);
        }
      }
      startRest(added);
      if (!difference.isEmpty()) {
        attempt(frame::settle);
      }
      marks.save();
    }

    private void exchange(Set<Long> batch) throws IOException, FrameException {
      List<Long> order = new ArrayList<>(batch);
      order.sort(Comparator.comparingInt(this::order).thenComparing(Comparator.naturalOrder()));
      Set<Long> running = new HashSet<>();
      Map<Long, Long> stopped = new HashMap<>();
      for (int i = order.size() - 1; i >= 0; i--) {
        long id = order.get(i);
        if (bundles.get(id).active()) {
          running.add(id);
          stopped.put(id, System.nanoTime());
          attempt(() -> frame.stop(id));
        }
      }
      Set<Long> exchanged = new HashSet<>();
      for (Frame.Placed bundle : difference.removed()) {
        if (batch.contains(bundle.id())) {
          attempt(() -> frame.uninstall(bundle.id()));
          marks.forget(bundle.id());
          exchanged.add(bundle.id());
        }
      }
      for (Map.Entry<Frame.Placed, UnitRecord> each : difference.changed().entrySet()) {
        long id = each.getKey().id();
        if (batch.contains(id)) {
          marks.forget(id);
          attempt(
              () -> {
                frame.update(id, store.open(each.getValue()));
                mark(id, each.getValue());
              });
          exchanged.add(id);
        }
      }
      attempt(() -> frame.refresh(exchanged));
      for (long id : order) {
        if (isWanted(id, running)) {
          attempt(() -> frame.start(id));
          Long since = stopped.get(id);
          if (since != null) {
            gaps.put(frame.name(id), (System.nanoTime() - since) / 1_000_000);
          }
        }
      }
    }

    private boolean isWanted(long id, Set<Long> running) {
      boolean isUnit = set.unit(bundles.get(id).symbolicName()).isPresent();
      boolean isGone = difference.removed().stream().anyMatch(bundle -> bundle.id() == id);
      boolean isManaged = bundles.get(id).isManaged();
      return !isGone && (isManaged ? isUnit : running.contains(id));
    }

    private void startRest(List<Long> added) throws IOException, FrameException {
      List<Long> rest = new ArrayList<>(added);
      if (manner.startAll()) {
        difference.same().keySet().forEach(bundle -> rest.add(bundle.id()));
      }
      Map<Long, Frame.Placed> now = new HashMap<>();
      frame.bundles().forEach(bundle -> now.put(bundle.id(), bundle));
      rest.removeIf(id -> now.containsKey(id) && now.get(id).active());
      rest.sort(Comparator.comparingInt(this::order));
      for (long id : rest) {
        attempt(() -> frame.start(id));
      }
    }

    private long install(UnitRecord unit) throws IOException, FrameException {
      long id = frame.install(unit.symbolicName(), store.open(unit));
      mark(id, unit);
      return id;
    }

    private void mark(long id, UnitRecord unit) {
      frame.bundles().stream()
          .filter(bundle -> bundle.id() == id)
          .findAny()
          .ifPresent(
              bundle -> {
                bundles.putIfAbsent(id, bundle);
                marks.put(bundle, unit.sha256());
              });
    }

    private int order(long id) {
      Frame.Placed bundle = bundles.get(id);
      return bundle == null
          ? LAST
          : set.unit(bundle.symbolicName()).map(UnitRecord::order).orElse(LAST);
    }

    private void attempt(Act act) throws IOException, FrameException {
      try {
        act.run();
      } catch (FrameException | IOException e) {
        if (!manner.tolerant()) {
          throw e;
        }
        failures.add(e.getMessage());
      }
    }
  }

  private interface Act {
    void run() throws IOException, FrameException;
  }
}
