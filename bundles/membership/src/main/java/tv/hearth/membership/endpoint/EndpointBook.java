package tv.hearth.membership.endpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.RecordException;

/**
 * The freshest signed endpoint record of each member; at most one a box of the map. Pure;
 * thread-safe.
 */
public final class EndpointBook {
  /** Largest signed record, bytes: eight endpoints with the longest names. */
  public static final int MOST_BYTES = 4096;

  private final Map<BoxId, Entry> entries = new HashMap<>();
  private long arrivals;

  /** Takes a record where it is of a member, well signed and newer than what is known. */
  public boolean heard(byte[] signed, BoxMap map, SignatureVerifier verifier) {
    if (signed.length > MOST_BYTES) {
      return false;
    }
    try {
      EndpointRecord claimed = EndpointRecord.decode(Sign1.parse(signed).payload());
      Optional<MapBox> box = map.box(claimed.box()).filter(MapBox::isMember);
      if (box.isEmpty() || !isNewer(claimed)) {
        return false;
      }
      verifier.verify(signed, EndpointRecord.TYPE, box.get().signingKey());
      return put(claimed, signed);
    } catch (CborException | RecordException | BadSignatureException e) {
      return false;
    }
  }

  private synchronized boolean isNewer(EndpointRecord record) {
    Entry known = entries.get(record.box());
    return known == null || record.sequence() > known.record.sequence();
  }

  /** Takes a record that was checked, or made here. */
  public synchronized boolean put(EndpointRecord record, byte[] signed) {
    if (!isNewer(record)) {
      return false;
    }
    entries.put(record.box(), new Entry(record, Bytes.of(signed), ++arrivals));
    return true;
  }

  /** A box's own word, if it was heard. */
  public synchronized Optional<List<Endpoint>> endpoints(BoxId box) {
    return Optional.ofNullable(entries.get(box)).map(entry -> entry.record.endpoints());
  }

  /** Signed records: {@code own} first, then the last heard first. */
  public synchronized List<byte[]> gossip(BoxId own, int limit) {
    List<Entry> sorted = new ArrayList<>(entries.values());
    sorted.sort(
        (a, b) -> {
          int byOwn = Boolean.compare(b.record.box().equals(own), a.record.box().equals(own));
          return byOwn != 0 ? byOwn : Long.compare(b.arrival, a.arrival);
        });
    List<byte[]> records = new ArrayList<>();
    for (Entry entry : sorted.subList(0, Math.min(Math.max(0, limit), sorted.size()))) {
      records.add(entry.signed.toArray());
    }
    return Collections.unmodifiableList(records);
  }

  /** Forgets who is no member any more; {@code own} stays. */
  public synchronized void keepMembers(BoxMap map, BoxId own) {
    entries.keySet().removeIf(box -> !box.equals(own) && !map.isMember(box));
  }

  /** How many boxes' own word is known. */
  public synchronized int size() {
    return entries.size();
  }

  /** Grows with every record taken. */
  public synchronized long arrivals() {
    return arrivals;
  }

  private static final class Entry {
    final EndpointRecord record;
    final Bytes signed;
    final long arrival;

    Entry(EndpointRecord record, Bytes signed, long arrival) {
      this.record = record;
      this.signed = signed;
      this.arrival = arrival;
    }
  }
}
