package tv.hearth.objects.name;

import java.util.Optional;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Lru;
import tv.hearth.objects.io.ObjectMeters;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/** Descriptors and placements from their replicas, verified and cached. Thread-safe. */
public final class Objects {
  private static final int DESCRIPTORS = 1 << 20;
  private static final int PLACEMENTS = 2 << 20;
  private final Services services;
  private final Authority authority;
  private final Replicas replicas;
  private final ObjectMeters meters;
  private final Lru<Bytes, DescriptorRecord> descriptors =
      new Lru<>(DESCRIPTORS, d -> 1024 + 64 * d.segmentRoots().size());
  private final Lru<String, PlacementRecord> placements =
      new Lru<>(PLACEMENTS, p -> 1024 + 512 * p.holders().size());

  /** Over the replicas of each object. */
  public Objects(Services services, Authority authority, Replicas replicas, ObjectMeters meters) {
    this.services = services;
    this.authority = authority;
    this.replicas = replicas;
    this.meters = meters;
  }

  /** The descriptor of that hash. */
  public DescriptorRecord descriptor(OwnerId owner, ObjectId object, Bytes hash)
      throws ObjectFailure {
    DescriptorRecord cached = descriptors.get(hash);
    if (cached != null) {
      return cached;
    }
    RecordKey key = Replicas.key(RecordKind.DESCRIPTOR, owner, hash.toString());
    Bytes signer = authority.key(owner);
    Optional<DescriptorRecord> found =
        replicas.first(
            replicas.of(object), key, record -> checkDescriptor(record, signer, object, hash));
    DescriptorRecord descriptor =
        found.orElseThrow(() -> missing("descriptor", object + " (" + hash + ")"));
    descriptors.put(hash, descriptor);
    return descriptor;
  }

  /**
   * Where a segment's pieces are; {@code fresh} asks for the newest version instead of the cache.
   */
  public PlacementRecord placement(DescriptorRecord descriptor, int segment, boolean fresh)
      throws ObjectFailure {
    String name = PlacementRecord.name(descriptor.object(), segment);
    PlacementRecord cached = placements.get(name);
    if (cached != null && !fresh) {
      return cached;
    }
    RecordKey key = Replicas.key(RecordKind.PLACEMENT, descriptor.owner(), name);
    Bytes signer = authority.key(descriptor.owner());
    Replicas.Check<PlacementRecord> check =
        record -> checkPlacement(record, signer, descriptor, segment);
    Optional<PlacementRecord> found =
        fresh
            ? newest(descriptor.object(), key, check)
            : replicas.first(replicas.of(descriptor.object()), key, check);
    PlacementRecord placement = found.orElseThrow(() -> missing("placement", name));
    placements.put(name, placement);
    return placement;
  }

  /** Remembers what this node has just written. */
  public void wrote(DescriptorRecord descriptor) {
    descriptors.put(descriptor.hash(), descriptor);
  }

  private Optional<PlacementRecord> newest(
      ObjectId object, RecordKey key, Replicas.Check<PlacementRecord> check) throws ObjectFailure {
    PlacementRecord best = null;
    for (Bytes record : replicas.some(replicas.of(object), key, Replicas.SURE).records()) {
      PlacementRecord each = check.of(record).orElse(null);
      if (each != null && (best == null || each.version() > best.version())) {
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  private Optional<DescriptorRecord> checkDescriptor(
      Bytes record, Bytes signer, ObjectId object, Bytes hash) {
    try {
      DescriptorRecord descriptor =
          DescriptorRecord.decode(payload(record, DescriptorRecord.TYPE, signer));
      if (descriptor.object().equals(object) && descriptor.hash().equals(hash)) {
        return Optional.of(descriptor);
      }
    } catch (BadSignatureException | RecordException e) {
      return refused();
    }
    return refused();
  }

  private Optional<PlacementRecord> checkPlacement(
      Bytes record, Bytes signer, DescriptorRecord descriptor, int segment) {
    try {
      PlacementRecord placement =
          PlacementRecord.decode(payload(record, PlacementRecord.TYPE, signer));
      boolean right =
          placement.object().equals(descriptor.object())
              && placement.segment() == segment
              && placement.holders().size() == descriptor.n()
              && root(placement).equals(descriptor.segmentRoots().get(segment));
      return right ? Optional.of(placement) : refused();
    } catch (BadSignatureException | RecordException e) {
      return refused();
    }
  }

  /** A segment's root: {@link Merkle#PIECES} over the piece roots. */
  public static Bytes root(PlacementRecord placement) {
    byte[] leaves = new byte[placement.pieceRoots().size() * Merkle.HASH];
    for (int i = 0; i < placement.pieceRoots().size(); i++) {
      byte[] root = placement.pieceRoots().get(i).toArray();
      byte[] leaf = Merkle.PIECES.leaf(java.nio.ByteBuffer.wrap(root));
      System.arraycopy(leaf, 0, leaves, i * Merkle.HASH, Merkle.HASH);
    }
    return Bytes.of(Merkle.PIECES.root(leaves));
  }

  private byte[] payload(Bytes record, String type, Bytes signer) throws BadSignatureException {
    return services.verifier().call(v -> v.verify(record.toArray(), type, signer));
  }

  private <T> Optional<T> refused() {
    meters.add(ObjectMeters.Count.RECORDS_REFUSED);
    return Optional.empty();
  }

  private static ObjectFailure missing(String what, String name) {
    return new ObjectFailure(
        Problem.TOO_FEW_PIECES,
        "no box that answers has the "
            + what
            + " of "
            + name
            + " now: try again when more boxes answer");
  }
}
