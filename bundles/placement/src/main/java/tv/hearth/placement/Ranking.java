package tv.hearth.placement;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/**
 * The order in which boxes are asked to hold a key: weighted rendezvous hashing in its logarithmic
 * form (Schindelhauer and Schomaker, "Weighted Distributed Hash Tables", SPAA 2005). Each box draws
 * the time −log2(u)/weight, u uniform from a hash of domain, key and box id; the earliest comes
 * first. A box's draw depends on nothing but itself, so others' coming and going leaves the order
 * of the rest as it was.
 */
final class Ranking {
  private final byte[] domain;

  Ranking(String domain) {
    this.domain = domain.getBytes(StandardCharsets.US_ASCII);
  }

  /** The boxes, earliest first; weights must be more than 0. */
  List<MapBox> order(Iterable<MapBox> boxes, Bytes key) {
    MessageDigest digest = sha256();
    byte[] keyBytes = key.toArray();
    List<Draw> draws = new ArrayList<>();
    for (MapBox box : boxes) {
      draws.add(new Draw(box, Log2.negative(uniform(digest, keyBytes, box.id()))));
    }
    draws.sort(null);
    return draws.stream().map(Draw::box).toList();
  }

  /** 63 bits of SHA-256(domain ‖ 0 ‖ key ‖ box id); 0 counts as 1. */
  private long uniform(MessageDigest digest, byte[] key, BoxId box) {
    digest.update(domain);
    digest.update((byte) 0);
    digest.update(key);
    digest.update(box.text().getBytes(StandardCharsets.US_ASCII));
    return Math.max(1, ByteBuffer.wrap(digest.digest()).getLong() >>> 1);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  /** Times are compared as fractions: below 2^46 · 2^16, so the products fit a long. */
  private record Draw(MapBox box, long bits) implements Comparable<Draw> {
    @Override
    public int compareTo(Draw other) {
      int byTime = Long.compare(bits * other.box.weight(), other.bits * box.weight());
      return byTime != 0 ? byTime : box.id().compareTo(other.box.id());
    }
  }
}
