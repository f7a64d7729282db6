package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.ObjectIds;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.vendor.objects.ByteSource;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.Shelf;

/**
 * Puts bytes under a fresh object id; a name comes later. At most {@value #MEMORY_KIB} KiB of
 * buffers are in use, further puts wait. Thread-safe.
 */
public final class Putter {
  private static final int MEMORY_KIB = 12 << 10;
  private static final long PATIENCE_SECONDS = 600;
  private static final Duration GRANT = Duration.ofHours(24);
  private static final Duration LEASE = Duration.ofDays(14);
  private final PutKitchen kitchen;
  private final Aftercare aftercare;
  private final Semaphore memory = new Semaphore(MEMORY_KIB, true);

  /**
   * What is put.
   *
   * @param content bytes from {@code source}
   * @param tail bytes that follow on them: manifest or index; may be empty
   */
  public record Job(
      Shelf shelf,
      OwnerId owner,
      String label,
      DurabilityClass durability,
      long content,
      byte[] tail,
      ByteSource source,
      LongConsumer progress) {}

  /** What was put; nobody knows of it until a head says so. */
  public record Done(
      HeadContent.Stored stored,
      CodeShape shape,
      int placed,
      DescriptorRecord descriptor,
      Set<BoxId> holders,
      Instant lease) {}

  /** Over what all puts share. */
  public Putter(PutKitchen kitchen, Aftercare aftercare) {
    this.kitchen = kitchen;
    this.aftercare = aftercare;
    kitchen.workers().whenClosed(() -> memory.release(MEMORY_KIB << 6));
  }

  /** The figures of a class in this neighbourhood now. */
  public CodeShape shape(DurabilityClass durability) throws ObjectFailure {
    BoxMap map = kitchen.authority().map();
    return CodeShape.scaled(
        durability, (int) map.boxes().stream().filter(MapBox::takesPieces).count());
  }

  /** Puts; on failure everything that was sent is taken back as far as holders can be reached. */
  public Done put(Job job) throws ObjectFailure {
    BoxMap map = kitchen.authority().map();
    if (map.expires().isBefore(Instant.now())) {
      throw new ObjectFailure(
          Problem.NOT_READY,
          job.label() + ": the map expired at " + map.expires() + ": the headend must renew it");
    }
    CodeShape shape = shape(job.durability());
    Layout layout = Layout.of(job.content() + job.tail().length, shape.k());
    long stripes = (layout.units() + shape.k() - 1) / shape.k();
    PutShape buffers = PutShape.of(shape.n(), Math.min(stripes, layout.stripesPerSegment()));
    int kib = buffers.kib(shape.n());
    reserve(job, kib);
    try {
      return run(job, map, target(job, shape, layout), buffers);
    } finally {
      memory.release(kib);
    }
  }

  private Done run(Job job, BoxMap map, PutTarget target, PutShape buffers) throws ObjectFailure {
    PutJob put = new PutJob(kitchen, target, map, buffers, job.progress());
    try {
      byte[] wrapped =
          kitchen
              .services()
              .keyring()
              .call(ring -> ring.wrap(Authority.space(job.shelf()), target.object(), target.key()));
      DescriptorRecord descriptor = put.run(source(job));
      HeadContent.Stored stored =
          new HeadContent.Stored(
              target.object(),
              descriptor.hash(),
              Bytes.of(wrapped),
              job.tail().length,
              Bytes.of(new byte[0]));
      return new Done(
          stored, target.shape(), put.placed(), descriptor, put.touched(), target.leaseUntil());
    } catch (ObjectFailure | CipherException | RuntimeException e) {
      takeBack(job, target.object(), put.touched());
      throw Failures.of(job.label(), e);
    }
  }

  /** Nothing of a failed put stays: holders are told now, or drop it when its lease ends. */
  public void takeBack(Job job, ObjectId object, Set<BoxId> holders) {
    if (holders.isEmpty()) {
      return;
    }
    try {
      aftercare.erase(job.shelf(), job.owner(), object, holders);
    } catch (ObjectFailure | RuntimeException e) {
      System.getLogger(Putter.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "pieces of a failed put stay until their lease ends: " + e.getMessage());
    }
  }

  /** This box. */
  BoxId self() {
    return kitchen.services().identity().call(Identity::box);
  }

  private PutTarget target(Job job, CodeShape shape, Layout layout) {
    ObjectKey key = kitchen.services().cipher().call(cipher -> cipher.newKey());
    byte[] header = kitchen.services().cipher().call(cipher -> cipher.newHeader());
    Instant now = Instant.now();
    return new PutTarget(
        job.label(),
        job.shelf(),
        job.owner(),
        self(),
        ObjectIds.random(),
        key,
        header,
        job.durability(),
        shape,
        layout,
        now.plus(GRANT),
        now.plus(LEASE));
  }

  private static ByteSource source(Job job) {
    return (offset, into) -> {
      if (offset >= job.content()) {
        int at = (int) (offset - job.content());
        into.put(job.tail(), at, Math.min(into.remaining(), job.tail().length - at));
        return;
      }
      int limit = into.limit();
      long left = job.content() - offset;
      into.limit((int) Math.min(limit, into.position() + left));
      ByteBuffer bounded = into.slice();
      into.limit(limit);
      job.source().read(offset, bounded);
      into.position(into.position() + bounded.position());
    };
  }

  private void reserve(Job job, int kib) throws ObjectFailure {
    try {
      if (kib <= MEMORY_KIB
          && memory.tryAcquire(kib, PATIENCE_SECONDS, TimeUnit.SECONDS)
          && !kitchen.workers().closed()) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ObjectFailure(
        Problem.NOT_READY, job.label() + ": too many puts at once on this box: try again later");
  }
}
