package tv.hearth.objects.io;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.core.Quorum;
import tv.hearth.objects.core.Troubles;
import tv.hearth.objects.machine.ReadRound;
import tv.hearth.objects.machine.WaveRound;
import tv.hearth.objects.machine.WriteRound;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Small records on the boxes that keep them: {@value #COPIES} of them, chosen by the placement
 * policy from the owner's id (heads, grants) or the object's id (descriptors, placements,
 * tombstones). Thread-safe.
 */
public final class Replicas {
  /** Boxes that keep a record. */
  public static final int COPIES = 16;

  /** Boxes that must have a record before a put is acknowledged, where there are as many. */
  public static final int LEAST = 5;

  /** How long a record is offered at most, nanoseconds. */
  public static final long WRITE = TimeUnit.SECONDS.toNanos(20);

  /** How long the others are waited for once enough have a record, nanoseconds. */
  public static final long MORE = TimeUnit.MILLISECONDS.toNanos(400);

  /** How long a quorum is waited for by who has read the record before, nanoseconds. */
  public static final long MAJORITY = TimeUnit.MILLISECONDS.toNanos(400);

  /** How long it is waited for by who reads it for the first time, nanoseconds. */
  public static final long SURE = TimeUnit.SECONDS.toNanos(2);

  /** How long a record that nobody has is asked for, nanoseconds. */
  public static final long READ = TimeUnit.SECONDS.toNanos(10);

  private static final long WAVE = TimeUnit.MILLISECONDS.toNanos(150);
  private static final int WAVE_SIZE = 3;
  private final Services services;
  private final Boxes boxes;
  private final Authority authority;
  private final HolderHealth health;
  private volatile Missed missed = (key, record, at) -> {};

  /** Told which boxes lack a record that the others have. */
  @FunctionalInterface
  public interface Missed {
    /** They are to get it later. */
    void by(RecordKey key, byte[] record, List<BoxId> at);
  }

  /** Shares what is known of the neighbours with the readers of pieces. */
  public Replicas(Services services, Boxes boxes, Authority authority, HolderHealth health) {
    this.services = services;
    this.boxes = boxes;
    this.authority = authority;
    this.health = health;
  }

  /** Says who brings records to those that missed them. */
  public void missed(Missed listener) {
    missed = listener;
  }

  /** The boxes that keep an owner's heads and grants. */
  public List<BoxId> of(OwnerId owner) throws ObjectFailure {
    return of(Bytes.of(owner.text().getBytes(StandardCharsets.US_ASCII)));
  }

  /** The boxes that keep an object's descriptor, placements and tombstone. */
  public List<BoxId> of(ObjectId object) throws ObjectFailure {
    return of(Bytes.of(object.toBytes()));
  }

  private List<BoxId> of(Bytes key) throws ObjectFailure {
    var map = authority.map();
    return services.placement().call(policy -> policy.replicas(map, key, COPIES));
  }

  /** How many of {@code boxes} must take a record. */
  public static int need(List<BoxId> boxes) {
    return Math.min(LEAST, boxes.size());
  }

  /**
   * Offers a record to all of them; returns once at least {@link #need} have it durably and the
   * others had a moment more.
   *
   * @return the boxes that took it
   * @throws ObjectFailure TOO_FEW_BOXES
   */
  public List<BoxId> put(List<BoxId> at, RecordKey key, byte[] record) throws ObjectFailure {
    Round<Boolean> round = offer(at, key, record);
    List<Round.Answer<Boolean>> took = round.await();
    round.failures().forEach(this::note);
    if (took.size() < need(at) || at.isEmpty()) {
      throw new ObjectFailure(
          round.troubles(at).problem(ObjectFailure.Problem.TOO_FEW_BOXES),
          "record "
              + key
              + " reached "
              + took.size()
              + " boxes of the "
              + need(at)
              + " it needs: "
              + round.troubles(at).advice());
    }
    List<BoxId> lack = lack(at, round);
    if (!lack.isEmpty()) {
      missed.by(key, record, lack);
    }
    return took.stream().map(Round.Answer::box).toList();
  }

  /** Offers a record to all of them; those that don't take it get it later, however many. */
  public void spread(List<BoxId> at, RecordKey key, byte[] record) {
    Round<Boolean> round = offer(at, key, record);
    round.await();
    List<BoxId> lack = lack(at, round);
    if (!lack.isEmpty()) {
      missed.by(key, record, lack);
    }
  }

  private Round<Boolean> offer(List<BoxId> at, RecordKey key, byte[] record) {
    return new Round<>(
        new WriteRound(at.size(), need(at), MORE, WRITE),
        at,
        box -> boxes.putRecord(box, key, record).thenApply(nothing -> true),
        took -> took,
        System::nanoTime);
  }

  /** Who did not take it, and did not refuse it for good either. */
  private static List<BoxId> lack(List<BoxId> at, Round<Boolean> round) {
    List<BoxId> refused =
        round.failures().stream()
            .filter(
                failure ->
                    failure.reason().problem() == TransferException.Problem.CONFLICT
                        || failure.reason().problem() == TransferException.Problem.REFUSED)
            .map(Round.Failure::box)
            .toList();
    return at.stream().filter(box -> !round.has(box) && !refused.contains(box)).toList();
  }

  /**
   * What replicas said of a key.
   *
   * @param records of all who answered
   * @param certain whether so many answered that what none of them has is not there
   */
  public record Reading(List<Bytes> records, boolean certain) {
    /** Copies the list. */
    public Reading {
      records = List.copyOf(records);
    }
  }

  /**
   * What the boxes have under a key: waits for a {@link Quorum}. Where some have the record, the
   * others are waited for no longer than {@code patience} nanoseconds; where none has, everybody is
   * asked, also who was silent lately, for 10 s at most.
   *
   * @throws ObjectFailure TOO_FEW_BOXES where nobody answers
   */
  public Reading quorum(List<BoxId> at, RecordKey key, long patience) throws ObjectFailure {
    return read(at, key, patience, true);
  }

  /**
   * As {@link #quorum}, for who writes on whatever is there: where none has the record, nobody is
   * waited for longer either.
   */
  public Reading some(List<BoxId> at, RecordKey key, long patience) throws ObjectFailure {
    return read(at, key, patience, false);
  }

  private Reading read(List<BoxId> at, RecordKey key, long patience, boolean sure)
      throws ObjectFailure {
    long begin = System.nanoTime();
    BoxId self = services.identity().call(Identity::box);
    List<BoxId> others = at.stream().filter(box -> !box.equals(self)).toList();
    int need = Quorum.of(at.size(), others.size(), LEAST);
    List<Bytes> all = new ArrayList<>();
    final boolean here = others.size() < at.size() && own(self, key, all);
    List<BoxId> asked = new ArrayList<>(awake(others));
    int first = asked.size();
    others.stream().filter(box -> !asked.contains(box)).forEach(asked::add);
    ReadRound machine =
        new ReadRound(
            asked.size(), first, need, !all.isEmpty(), new ReadRound.How(patience, READ, sure));
    Round<List<Bytes>> round =
        new Round<>(
            machine,
            asked,
            box -> boxes.records(box, key),
            records -> !records.isEmpty(),
            System::nanoTime);
    List<Round.Answer<List<Bytes>>> answers = round.await();
    note(round, others, System.nanoTime() - begin);
    if (answers.isEmpty() && !here) {
      throw new ObjectFailure(
          ObjectFailure.Problem.TOO_FEW_BOXES,
          "none of the boxes that keep "
              + key
              + " answers now: "
              + round.troubles(others).advice());
    }
    answers.forEach(answer -> all.addAll(answer.value()));
    return new Reading(all, answers.size() >= need);
  }

  /** What this box has itself; false where it can't say. */
  private boolean own(BoxId self, RecordKey key, List<Bytes> into) {
    try {
      into.addAll(Remote.await(boxes.records(self, key), READ));
      return true;
    } catch (TransferException e) {
      System.getLogger(Replicas.class.getName())
          .log(System.Logger.Level.DEBUG, "this box can''t say what it has: {0}", e.getMessage());
      return false;
    }
  }

  private void note(Round<List<Bytes>> round, List<BoxId> asked, long took) {
    round.failures().forEach(this::note);
    if (took >= MAJORITY) {
      asked.stream()
          .filter(
              box ->
                  round.silent(box) && health.standing(box, System.nanoTime()) < HolderHealth.DEAD)
          .forEach(box -> health.failed(box, System.nanoTime()));
    }
  }

  /**
   * The first record under a key that passes a check; for records that don't change. Few are asked
   * at first, more when they are slow.
   */
  public <T> Optional<T> first(List<BoxId> at, RecordKey key, Check<T> check) throws ObjectFailure {
    List<BoxId> replicas = sorted(at);
    AtomicReference<T> value = new AtomicReference<>();
    WaveRound machine = new WaveRound(replicas.size(), WAVE_SIZE, WAVE, READ);
    Round<List<Bytes>> round =
        new Round<>(
            machine,
            replicas,
            box -> boxes.records(box, key),
            records -> keep(records, check, value),
            System::nanoTime);
    round.await();
    round.failures().forEach(this::note);
    round.cancel();
    Optional<T> found = Optional.ofNullable(value.get());
    if (found.isEmpty() && replicas.stream().anyMatch(round::silent)) {
      throw new ObjectFailure(
          ObjectFailure.Problem.TOO_FEW_BOXES,
          "record " + key + ": " + round.troubles(replicas).advice());
    }
    return found;
  }

  /** Whether one of them passes; the first that does is kept. */
  private static <T> boolean keep(List<Bytes> records, Check<T> check, AtomicReference<T> value) {
    for (Bytes record : records) {
      Optional<T> checked = check.of(record);
      if (checked.isPresent()) {
        value.compareAndSet(null, checked.get());
        return true;
      }
    }
    return false;
  }

  /** A record's key. */
  public static RecordKey key(RecordKind kind, OwnerId owner, String name) {
    return new RecordKey(kind, owner.text(), name);
  }

  /** Those that were not silent a moment ago; all where that leaves none. */
  public List<BoxId> awake(List<BoxId> at) {
    long now = System.nanoTime();
    List<BoxId> awake =
        at.stream().filter(box -> health.standing(box, now) < HolderHealth.SUSPECT).toList();
    at.forEach(boxes::probe);
    return awake.isEmpty() ? at : awake;
  }

  /** This box. */
  public BoxId self() {
    return services.identity().call(Identity::box);
  }

  /** True for this box. */
  public boolean isSelf(BoxId box) {
    return box.equals(self());
  }

  private List<BoxId> sorted(List<BoxId> at) {
    long now = System.nanoTime();
    BoxId self = services.identity().call(Identity::box);
    return at.stream()
        .sorted(
            Comparator.<BoxId, Boolean>comparing(box -> !box.equals(self))
                .thenComparing(box -> health.standing(box, now)))
        .toList();
  }

  private void note(Round.Failure failure) {
    if (Troubles.isSilence(failure.reason())) {
      health.failed(failure.box(), System.nanoTime());
    }
  }

  /** Verifies and parses a record; empty where it is not what was asked for. */
  @FunctionalInterface
  public interface Check<T> {
    /** The record's content, or empty. */
    Optional<T> of(Bytes record);
  }
}
