package tv.hearth.support.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * All that is remembered of updates: one journal record. Immutable.
 *
 * @param step what is under way with {@code trial}
 * @param boots how often the framework started while the trial ran
 * @param floor the highest counter that was ever committed
 * @param good the set that is known to work; empty before the first operation
 * @param previous the one before it
 * @param trial the one that is tried; there in every step but {@code IDLE}
 * @param wayBack how far it is on its way back
 * @param before how the box was before the trial
 * @param operations oldest first, at most 64; the last is the one under way, if any is
 */
public record State(
    Step step,
    int boots,
    long floor,
    Optional<SetRecord> good,
    Optional<SetRecord> previous,
    Optional<SetRecord> trial,
    WayBack wayBack,
    Before before,
    List<OperationRecord> operations) {
  /** Operations that are remembered. */
  public static final int MOST_OPERATIONS = 64;

  private static final int MOST_NAME = 400;

  /** Nothing happened yet. */
  public static final State EMPTY =
      new State(
          Step.IDLE,
          0,
          0,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          WayBack.NONE,
          Before.NONE,
          List.of());

  /** What is under way. Each but the first and the last has a trial that a restart goes on with. */
  public enum Step {
    /** The good set runs. */
    IDLE,
    /** Bundles are being exchanged for the trial's. */
    SWITCHING,
    /** The anchor exchanges the rest, {@code update} among it. */
    HANDOVER,
    /** The trial's health is watched. */
    WATCHING,
    /** Bundles are being exchanged for the good set's. */
    RETURNING
  }

  /** Copies. */
  public State {
    operations = List.copyOf(operations);
  }

  /** The set that the framework must be brought to, if any is known. */
  public Optional<SetRecord> wanted() {
    return step == Step.IDLE || step == Step.RETURNING ? good : trial;
  }

  /** True while a trial is neither committed nor given up. */
  public boolean isTrying() {
    return step != Step.IDLE && step != Step.RETURNING;
  }

  /** The operation under way. */
  public Optional<OperationRecord> running() {
    return operations.isEmpty() || operations.get(operations.size() - 1).isEnded()
        ? Optional.empty()
        : Optional.of(operations.get(operations.size() - 1));
  }

  /** In another step. */
  public State in(Step newStep) {
    return new State(newStep, boots, floor, good, previous, trial, wayBack, before, operations);
  }

  /** With the set that is known to work. */
  public State withGood(SetRecord set) {
    return new State(
        step, boots, floor, Optional.of(set), previous, trial, wayBack, before, operations);
  }

  /** One more start of the framework. */
  public State booted() {
    return new State(step, boots + 1, floor, good, previous, trial, wayBack, before, operations);
  }

  /** The way back did not lead to the whole good set, once more. */
  public State returnedInVain() {
    return new State(
        step, boots, floor, good, previous, trial, wayBack.inVain(), before, operations);
  }

  /** The good set is back; its health begins to be watched. */
  public State watchingBack() {
    return new State(
        step, boots, floor, good, previous, trial, wayBack.watched(), before, operations);
  }

  /**
   * The operation that this box went back from to a set that is not well; empty once another has
   * been committed, or went back well.
   */
  public Optional<OperationRecord> ailing() {
    return operations.stream()
        .filter(op -> op.phase().equals("COMMITTED") || op.phase().equals("ROLLED_BACK"))
        .reduce((first, second) -> second)
        .filter(op -> !op.ailing().isEmpty());
  }

  /** A trial begins. */
  public State trying(SetRecord set, Before now) {
    return new State(
        Step.SWITCHING, 0, floor, good, previous, Optional.of(set), WayBack.NONE, now, operations);
  }

  /** The trial is the good set now. */
  public State committed() {
    return new State(
        Step.IDLE,
        0,
        Math.max(floor, trial.orElseThrow().counter()),
        trial,
        good,
        Optional.empty(),
        WayBack.NONE,
        Before.NONE,
        operations);
  }

  /** The good set runs again. */
  public State returned() {
    return new State(
        Step.IDLE,
        0,
        floor,
        good,
        previous,
        Optional.empty(),
        WayBack.NONE,
        Before.NONE,
        operations);
  }

  /**
   * The firmware's own set runs, whatever it is, in place of a good set that can't be had; the
   * floor stays. An operation that was under way with bundles ends with it; one that is only
   * prepared goes on.
   *
   * @param reason for people, remembered as what is wrong; empty where no release was lost
   */
  public State gaveWay(String reason, long nowMillis) {
    List<OperationRecord> all = new ArrayList<>(operations);
    Optional<OperationRecord> cut = step == Step.IDLE ? Optional.empty() : running();
    String lost = good.map(SetRecord::target).orElse("");
    OperationRecord ended =
        cut.orElseGet(() -> OperationRecord.begun("firmware-" + nowMillis, lost, "", nowMillis))
            .wentBack(reason)
            .ended("ROLLED_BACK", nowMillis);
    if (cut.isPresent()) {
      all.set(all.size() - 1, ended);
    } else if (!reason.isEmpty()) {
      all.add(running().isPresent() ? all.size() - 1 : all.size(), ended);
    }
    return new State(
        Step.IDLE,
        0,
        floor,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        WayBack.NONE,
        Before.NONE,
        all.subList(Math.max(0, all.size() - MOST_OPERATIONS), all.size()));
  }

  /** With an operation in place of the one of its id, or as the newest. */
  public State with(OperationRecord operation) {
    List<OperationRecord> all = new ArrayList<>(operations);
    int at = 0;
    while (at < all.size() && !all.get(at).id().equals(operation.id())) {
      at++;
    }
    if (at < all.size()) {
      all.set(at, operation);
    } else {
      all.add(operation);
    }
    return new State(
        step,
        boots,
        floor,
        good,
        previous,
        trial,
        wayBack,
        before,
        all.subList(Math.max(0, all.size() - MOST_OPERATIONS), all.size()));
  }

  CborMap toCbor() {
    CborMap map =
        new CborMap()
            .put("step", step.name())
            .put("boots", boots)
            .put("floor", floor)
            .putMaps("operations", operations.stream().map(OperationRecord::toCbor).toList());
    before.into(map);
    wayBack.into(map);
    map.putMaps("good", good.stream().map(SetRecord::toCbor).toList());
    map.putMaps("previous", previous.stream().map(SetRecord::toCbor).toList());
    return map.putMaps("trial", trial.stream().map(SetRecord::toCbor).toList());
  }

  static State of(CborMap map) throws CborException {
    List<OperationRecord> operations = new ArrayList<>();
    for (CborMap operation : map.maps("operations", MOST_OPERATIONS)) {
      operations.add(OperationRecord.of(operation));
    }
    Step step = step(map.text("step", MOST_NAME));
    Optional<SetRecord> trial = set(map, "trial");
    Optional<SetRecord> good = set(map, "good");
    if (step != Step.IDLE && (trial.isEmpty() || good.isEmpty())) {
      throw new CborException(step + " without the sets that it is about");
    }
    return new State(
        step,
        map.integer("boots", 0, Integer.MAX_VALUE),
        map.number("floor", 0, Long.MAX_VALUE),
        good,
        set(map, "previous"),
        trial,
        WayBack.of(map),
        Before.of(map),
        operations);
  }

  private static Step step(String name) throws CborException {
    for (Step step : Step.values()) {
      if (step.name().equals(name)) {
        return step;
      }
    }
    throw new CborException("unknown step " + name);
  }

  private static Optional<SetRecord> set(CborMap map, String key) throws CborException {
    List<CborMap> sets = map.maps(key, 1);
    return sets.isEmpty() ? Optional.empty() : Optional.of(SetRecord.of(sets.get(0)));
  }
}
