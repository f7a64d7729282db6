package tv.hearth.objects.put;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.placement.TooFewBoxesException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.name.Objects;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.vendor.objects.ByteSource;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/** One object's pieces and records up to, and without, its head. Used by one thread. */
final class PutJob {
  private static final int SPARES = 16;
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final BoxMap map;
  private final PutShape shape;
  private final Progress progress;
  private final Deque<Batch> free = new ArrayDeque<>();
  private final Set<BoxId> touched = new HashSet<>();
  private final List<Bytes> roots = new ArrayList<>();
  private byte[] scratch;
  private final AtomicLong safe = new AtomicLong();
  private int placed = Integer.MAX_VALUE;

  PutJob(PutKitchen kitchen, PutTarget target, BoxMap map, PutShape shape, LongConsumer progress) {
    this.kitchen = kitchen;
    this.target = target;
    this.map = map;
    this.shape = shape;
    this.progress = new Progress(target.label(), progress);
  }

  /** Boxes that may have got something. */
  Set<BoxId> touched() {
    return touched;
  }

  /** The least number of pieces with a receipt. */
  int placed() {
    return placed;
  }

  /** Stores all segments, their placements and the descriptor. */
  DescriptorRecord run(ByteSource source) throws ObjectFailure {
    int n = target.shape().n();
    if (target.atHome()) {
      touched.add(target.self());
    }
    for (int i = 0; i < shape.batches(); i++) {
      free.add(new Batch(n, shape.stripes()));
    }
    scratch = shape.stripes() > 1 ? new byte[n * Layout.UNIT] : null;
    Sealer sealer = new Sealer(kitchen.services(), target, source);
    for (int segment = 0; segment < target.layout().segments(); segment++) {
      segment(segment, sealer);
    }
    return describe();
  }

  private void segment(int segment, Sealer sealer) throws ObjectFailure {
    SegmentPut put =
        new SegmentPut(kitchen, target, segment, group(segment), shape, free, this::arrived);
    try {
      fill(segment, put, sealer);
      put.settle(this::tell);
      tell();
      record(segment, put.pieces());
    } catch (ObjectFailure | RuntimeException e) {
      put.cancel();
      throw e;
    } finally {
      put.over();
      touched.addAll(put.touched());
    }
  }

  private void fill(int segment, SegmentPut put, Sealer sealer) throws ObjectFailure {
    int stripes = target.layout().stripes(segment);
    for (int stripe = 0; stripe < stripes; ) {
      Batch batch = put.take();
      tell();
      batch.begin(stripe);
      while (!batch.full() && stripe < stripes) {
        byte[] area = scratch == null ? batch.inPlace() : scratch;
        sealer.stripe(area);
        if (scratch == null) {
          batch.addInPlace();
        } else {
          batch.add(scratch, target.shape().n());
        }
        stripe++;
      }
      put.submit(batch);
    }
  }

  private PlacementPolicy.Group group(int segment) throws ObjectFailure {
    long now = System.nanoTime();
    Set<BoxId> excluded = new HashSet<>();
    excluded.add(target.self());
    map.boxes().forEach(box -> kitchen.boxes().probe(box.id()));
    Set<BoxId> silent = new HashSet<>(excluded);
    map.boxes().stream()
        .filter(box -> kitchen.health().standing(box.id(), now) >= HolderHealth.SUSPECT)
        .forEach(box -> silent.add(box.id()));
    try {
      return group(segment, silent);
    } catch (TooFewBoxesException few) {
      try {
        return group(segment, excluded);
      } catch (TooFewBoxesException e) {
        throw new ObjectFailure(Problem.TOO_FEW_BOXES, target.label() + ": " + e.getMessage(), e);
      }
    }
  }

  private PlacementPolicy.Group group(int segment, Set<BoxId> excluded)
      throws TooFewBoxesException {
    Bytes key = PlacementKeys.of(target.object(), segment);
    int k = target.shape().k();
    int n = target.shape().n();
    return kitchen
        .services()
        .placement()
        .call(policy -> policy.group(map, key, k, n, excluded, SPARES));
  }

  private void arrived(long stripes) {
    safe.addAndGet(stripes * target.shape().k() * Layout.UNIT);
  }

  private void tell() {
    progress.tell(Math.min(safe.get(), target.layout().plain()));
  }

  private void record(int segment, SegmentPut.Pieces pieces) throws ObjectFailure {
    placed = Math.min(placed, pieces.stored());
    PlacementRecord placement =
        new PlacementRecord(
            target.owner(),
            target.object(),
            segment,
            1,
            pieces.holders(),
            pieces.spares(),
            pieces.roots(),
            pieces.receipts());
    roots.add(Objects.root(placement));
    String name = PlacementRecord.name(target.object(), segment);
    store(RecordKind.PLACEMENT, name, PlacementRecord.TYPE, placement.encode());
  }

  private DescriptorRecord describe() throws ObjectFailure {
    DescriptorRecord descriptor =
        new DescriptorRecord(
            target.owner(),
            target.object(),
            Bytes.of(target.header()),
            target.shape().k(),
            target.shape().n(),
            target.shape().ack(),
            Layout.UNIT,
            target.layout().plain(),
            target.layout().sealed(),
            target.layout().segmentLength(),
            target.durability().label(),
            roots);
    String name = descriptor.hash().toString();
    store(RecordKind.DESCRIPTOR, name, DescriptorRecord.TYPE, descriptor.encode());
    return descriptor;
  }

  private void store(RecordKind kind, String name, String type, byte[] payload)
      throws ObjectFailure {
    RecordKey key = Replicas.key(kind, target.owner(), name);
    byte[] signed = kitchen.authority().sign(target.shelf(), type, payload);
    try {
      kitchen.replicas().put(kitchen.replicas().of(target.object()), key, signed);
    } catch (ObjectFailure e) {
      throw new ObjectFailure(e.problem(), target.label() + ": " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw Failures.of(target.label(), e);
    }
  }
}
