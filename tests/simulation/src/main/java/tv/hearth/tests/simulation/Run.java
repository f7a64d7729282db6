package tv.hearth.tests.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.Siblings;
import tv.hearth.placement.RendezvousPlacement;
import tv.hearth.support.record.HeadRecord;

/** One seed's neighbourhood from its beginning to its end. */
final class Run {
  static final int BOXES = 100;
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
  private static final long TROUBLE = 600 * Timeline.SECOND;
  private static final long PEACE = 300 * Timeline.SECOND;
  private static final int NAMES = 3;
  private static final int WRITES = 12;
  private static final int READS = 24;
  private static final int PUTS = 5;
  private static final double BUSY = 0.3;

  private final long seed;
  private final Mutation mutation;
  private final SplittableRandom random;
  private final Timeline time = new Timeline();
  private final List<Box> boxes = new ArrayList<>();
  private final History history = new History();
  private final Weather weather;
  private final Network network;
  private final Replicas replicas;
  private final List<Name> names = new ArrayList<>();
  private Objects objects;

  /**
   * How it went.
   *
   * @param violation what was broken; empty where all held
   * @param trace hash of all events
   * @param virtualSeconds that went by in it
   */
  record Result(
      String violation,
      String trace,
      double virtualSeconds,
      int acknowledged,
      int stored,
      int certainReads) {}

  Run(long seed, Mutation mutation) {
    this.seed = seed;
    this.mutation = mutation;
    this.random = new SplittableRandom(seed);
    this.weather = Weather.drawn(random);
    this.network = new Network(time, weather, random.split());
    this.replicas = new Replicas(time, network, random.split(), mutation);
    build();
  }

  private void build() {
    List<MapBox> members = new ArrayList<>();
    Map<BoxId, Box> byId = new HashMap<>();
    for (int number = 0; number < BOXES; number++) {
      Box box = new Box(number, new BoxId(text()));
      box.isSlow = random.nextDouble() < weather.slowDisks();
      boxes.add(box);
      byId.put(box.id, box);
      members.add(
          new MapBox(
              box.id,
              Bytes.of(new byte[0]),
              Bytes.of(new byte[0]),
              new OwnerId(text()),
              Bytes.of(new byte[0]),
              "street-" + number / 10,
              100,
              MapBox.State.ACTIVE,
              "simulated",
              List.of()));
    }
    BoxMap map = new BoxMap("simulated", 1, 1, Instant.MAX, members, Map.of());
    Holders holders = new Holders(time, network, random.split(), mutation, boxes);
    objects = new Objects(time, network, holders, random.split(), mutation, map);
    RendezvousPlacement placement = new RendezvousPlacement();
    for (int i = 0; i < NAMES; i++) {
      OwnerId owner = new OwnerId(text());
      byte[] nameId = new byte[32];
      random.nextBytes(nameId);
      List<BoxId> at =
          placement.replicas(
              map,
              Bytes.of(owner.text().getBytes(StandardCharsets.US_ASCII)),
              tv.hearth.objects.io.Replicas.COPIES);
      names.add(new Name(owner, Bytes.of(nameId), at.stream().map(byId::get).toList()));
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 32; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    return text.toString();
  }

  Result run() {
    String violation = "";
    try {
      plan();
      runUntil(TROUBLE);
      heal();
      runUntil(TROUBLE + PEACE);
      boxes.stream().limit(5).forEach(this::lastLook);
      boxes.forEach(box -> box.busy = BUSY);
      objects.putInFairWeather(any(), "seed " + seed);
      runUntil(TROUBLE + 2 * PEACE);
    } catch (History.Violation broken) {
      violation = broken.getMessage();
    }
    return new Result(
        violation,
        time.trace(),
        (double) time.now() / Timeline.SECOND,
        history.acknowledged(),
        objects.stored(),
        history.certainReads());
  }

  private void runUntil(long end) {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = time.step(end);
    }
  }

  private void plan() {
    for (Name name : names) {
      List<Box> writers = List.of(any(), any());
      for (int i = 0; i < WRITES; i++) {
        Box writer = writers.get(random.nextInt(2));
        boolean isPut = i < PUTS;
        time.after(random.nextLong(TROUBLE), () -> write(writer, name, isPut));
      }
      for (int i = 0; i < READS; i++) {
        Box reader = any();
        time.after(random.nextLong(TROUBLE), () -> read(reader, name, false));
      }
    }
    boxes.forEach(box -> often(weather.crashes(), () -> down(box, true)));
    boxes.forEach(box -> often(weather.pauses(), () -> down(box, false)));
    often(weather.partitions(), this::partition);
    often(weather.blackouts(), this::blackout);
    if (weather.blackouts() > 0) {
      time.after(random.nextLong(TROUBLE), this::writeIntoABlackout);
    }
  }

  /** So often an hour. */
  private void often(double hourly, Runnable act) {
    double expected = hourly * TROUBLE / Timeline.SECOND / 3_600;
    int times = (int) expected + (random.nextDouble() < expected - (int) expected ? 1 : 0);
    for (int i = 0; i < times; i++) {
      time.after(random.nextLong(TROUBLE), act);
    }
  }

  private Box any() {
    return boxes.get(random.nextInt(boxes.size()));
  }

  private void down(Box box, boolean isCrash) {
    if (!box.isOn) {
      return;
    }
    if (isCrash) {
      box.crash(random);
    } else {
      box.isOn = false;
      box.life++;
    }
    time.note(box.number);
    time.after(random.nextLong(60 * Timeline.SECOND), () -> box.isOn = true);
  }

  /** Two sides that hear nothing of each other, for a while. */
  private void partition() {
    double share = random.nextDouble() * 0.6;
    boxes.forEach(box -> box.side = random.nextDouble() < share ? 1 : 0);
    time.after(random.nextLong(90 * Timeline.SECOND), () -> boxes.forEach(box -> box.side = 0));
  }

  /** The light goes out in the moment in which a writer is told "yes". */
  private void writeIntoABlackout() {
    Box box = any();
    if (box.isOn) {
      commit(box, names.get(0), random.nextLong(), this::blackout);
    }
  }

  private void commit(Box box, Name name, long value, Runnable done) {
    new Writer(time, replicas, history, mutation, box, name, value, done).begin();
  }

  private void blackout() {
    double share = random.nextBoolean() ? 1 : random.nextDouble();
    for (Box box : boxes) {
      if (random.nextDouble() < share) {
        down(box, true);
      }
    }
  }

  private void heal() {
    network.calm();
    boxes.forEach(
        box -> {
          box.isOn = true;
          box.side = 0;
        });
  }

  /** A head, and for every third what it points to before it. */
  private void write(Box box, Name name, boolean isPut) {
    if (!box.isOn) {
      return;
    }
    LongConsumer commit = value -> commit(box, name, value, () -> {});
    if (isPut) {
      objects.put(box, "seed " + seed, commit);
    } else {
      commit.accept(random.nextLong());
    }
  }

  private void read(Box box, Name name, boolean isLast) {
    if (!box.isOn) {
      return;
    }
    var promised = history.promised(name);
    String who = "seed " + seed + ", box " + box.number + ", name " + names.indexOf(name);
    replicas.read(
        box,
        name,
        true,
        reading -> {
          var heads = Heads.of(reading.records());
          Siblings.of(heads).heads().forEach(head -> time.note(head.revision()));
          if (reading.certain()) {
            history.read(who, promised, heads);
          } else if (isLast) {
            throw new History.Violation(who + ": all are on, and no quorum answers");
          }
          if (isLast) {
            history.end(who, heads);
            Siblings.of(heads).heads().forEach(head -> readable(who, head));
          }
        },
        () -> {
          if (isLast) {
            throw new History.Violation(who + ": all are on, and nobody answers");
          }
        });
  }

  private void readable(String who, HeadRecord head) {
    if (!head.deleted() && objects.isKnown(Heads.value(head.sealed()))) {
      objects.readable(who, Heads.value(head.sealed()));
    }
  }

  private void lastLook(Box box) {
    names.forEach(name -> read(box, name, true));
  }
}
