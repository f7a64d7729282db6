package tv.hearth.tests.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.placement.TooFewBoxesException;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.machine.PutPlan;
import tv.hearth.placement.RendezvousPlacement;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;

/** Objects as their pieces: put by the machine, to where the placement has them. */
final class Objects {
  private static final int SPARES = 4;
  private static final int BATCH = 4;
  private static final int BUFFERS = 3;

  /** In fair weather a put takes no longer, busy holders and a laggard among them. */
  private static final long FAIR = 60 * Timeline.SECOND;

  private final Timeline time;
  private final Network network;
  private final Holders holders;
  private final SplittableRandom random;
  private final Mutation mutation;
  private final BoxMap map;
  private final CodeShape shape;
  private final RendezvousPlacement placement = new RendezvousPlacement();
  private final Map<Long, PutPlan> plans = new HashMap<>();
  private int stored;

  Objects(
      Timeline time,
      Network network,
      Holders holders,
      SplittableRandom random,
      Mutation mutation,
      BoxMap map) {
    this.time = time;
    this.network = network;
    this.holders = holders;
    this.random = random;
    this.mutation = mutation;
    this.map = map;
    try {
      this.shape = CodeShape.scaled(DurabilityClass.HALF_PROOF, 6 + random.nextInt(15));
    } catch (ObjectFailure e) {
      throw new IllegalStateException(e);
    }
  }

  /** How many puts were acknowledged. */
  int stored() {
    return stored;
  }

  /** Puts an object in whatever weather there is; told of its number where it is stored. */
  void put(Box from, String who, LongConsumer isStored) {
    long number = random.nextLong();
    PutPlan plan = plan(number);
    run(
        from,
        number,
        plan,
        failure -> {
          if (failure.isEmpty()) {
            check(who, number, plan);
            isStored.accept(number);
          }
        });
  }

  /** Puts one while all is well but for busy boxes and as many laggards as the class allows. */
  void putInFairWeather(Box from, String who) {
    long number = random.nextLong();
    PutPlan plan = plan(number);
    int laggards = random.nextInt(shape.n() - shape.ack() + 1);
    plan.holders().stream().limit(laggards).forEach(id -> holders.box(id).isLaggard = true);
    long begun = time.now();
    boolean[] isOver = new boolean[1];
    run(
        from,
        number,
        plan,
        failure -> {
          isOver[0] = true;
          if (!failure.isEmpty()) {
            throw new History.Violation(who + ": all are on, and a put failed: " + failure);
          }
          check(who, number, plan);
        });
    time.after(
        FAIR,
        () -> {
          if (!isOver[0]) {
            long seconds = (time.now() - begun) / Timeline.SECOND;
            throw new History.Violation(
                who + ": all are on, and a put is not over after " + seconds + " s");
          }
        });
  }

  private void run(Box from, long number, PutPlan plan, java.util.function.Consumer<String> end) {
    new Putter(
            time, network, holders, from, id(number), plan, Rules.of(plan.shape(), mutation), end)
        .begin();
  }

  private PutPlan plan(long number) {
    try {
      PlacementPolicy.Group group =
          placement.group(
              map, Bytes.of(id(number).toBytes()), shape.k(), shape.n(), Set.of(), SPARES);
      int stripes = 1 + random.nextInt(8 * BATCH);
      PutPlan plan =
          new PutPlan(0, shape, group.holders(), group.spares(), stripes, BATCH, BUFFERS);
      plans.put(number, plan);
      return plan;
    } catch (TooFewBoxesException e) {
      throw new IllegalStateException(e);
    }
  }

  private void check(String who, long number, PutPlan plan) {
    stored++;
    int durable = holders.durable(plan, id(number));
    if (durable < shape.ack()) {
      throw new History.Violation(
          who
              + ": a put was acknowledged with "
              + durable
              + " pieces on disks, "
              + shape.ack()
              + " are promised");
    }
  }

  /** An object that a head points to can be restored. */
  void readable(String who, long number) {
    int durable = holders.durable(plans.get(number), id(number));
    if (durable < shape.k()) {
      throw new History.Violation(
          who + ": of an object that a head names " + durable + " pieces are left");
    }
  }

  /** Whether such an object was put. */
  boolean isKnown(long number) {
    return plans.containsKey(number);
  }

  private static ObjectId id(long number) {
    return ObjectId.of(java.nio.ByteBuffer.allocate(16).putLong(number).putLong(~number).array());
  }
}
