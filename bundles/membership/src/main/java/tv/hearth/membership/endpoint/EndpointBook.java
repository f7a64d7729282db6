package tv.hearth.membership.endpoint;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /**
   * Takes a record where it is of a member, well signed, newer than what is known and not from
   * beyond what {@link Sequences} allow.
   */
  public boolean heard(byte[] signed, BoxMap map, SignatureVerifier verifier, Instant now) {
    if (signed.length > MOST_BYTES) {
      return false;
    }
    try {
      EndpointRecord claimed = EndpointRecord.decode(Sign1.parse(signed).payload());
      Optional<MapBox> box = map.box(claimed.box()).filter(MapBox::isMember);
      boolean future = claimed.sequence() > Sequences.latest(Optional.of(map), now);
      if (box.isEmpty() || future || !isNewer(claimed, box.get().signingKey())) {
        return false;
      }
      verifier.verify(signed, EndpointRecord.TYPE, box.get().signingKey());
      return put(claimed, signed, box.get().signingKey());
    } catch (CborException | RecordException | BadSignatureException e) {
      return false;
    }
  }

  /** Numbers of another key don't count: who lost a key to a thief begins anew with the next. */
  private synchronized boolean isNewer(EndpointRecord record, Bytes key) {
    Entry known = entries.get(record.box());
    return known == null || !known.key.equals(key) || record.sequence() > known.record.sequence();
  }

  /** Takes a record that was checked. */
  private synchronized boolean put(EndpointRecord record, byte[] signed, Bytes key) {
    if (!isNewer(record, key)) {
      return false;
    }
    own(record, signed, key);
    return true;
  }

  /** Takes a record that this box made. */
  public synchronized void own(EndpointRecord record, byte[] signed, Bytes key) {
    entries.put(record.box(), new Entry(record, Bytes.of(signed), key, ++arrivals));
  }

  /**
   * Where a box is: its own word, if it was heard. Where a later map shows it elsewhere, the map's
   * first: it has heard from it since.
   */
  public synchronized List<Endpoint> endpoints(MapBox box) {
    Entry entry = entries.get(box.id());
    if (entry == null) {
      return box.endpoints();
    }
    if (entry.mapped == null || entry.mapped.equals(entry.record.endpoints())) {
      return entry.record.endpoints();
    }
    Set<Endpoint> both = new LinkedHashSet<>(entry.mapped);
    both.addAll(entry.record.endpoints());
    return List.copyOf(both);
  }

  /** Another map is in force. */
  public synchronized void mapChanged(Optional<BoxMap> before, BoxMap now) {
    for (MapBox box : now.boxes()) {
      Entry entry = entries.get(box.id());
      Optional<MapBox> old = before.flatMap(map -> map.box(box.id()));
      if (entry != null && old.filter(o -> !o.endpoints().equals(box.endpoints())).isPresent()) {
        entry.mapped = box.endpoints();
      }
    }
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

  /** Forgets who is no member any more or has another key; {@code own} stays. */
  public synchronized void keepMembers(BoxMap map, BoxId own) {
    entries
        .entrySet()
        .removeIf(e -> !e.getKey().equals(own) && !isCurrent(map, e.getKey(), e.getValue()));
  }

  private static boolean isCurrent(BoxMap map, BoxId box, Entry entry) {
    return map.box(box)
        .filter(MapBox::isMember)
        .filter(shown -> shown.signingKey().equals(entry.key))
        .isPresent();
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
    final Bytes key;
    final long arrival;

    /** Where a map that came later shows it; null: where this record says. */
    List<Endpoint> mapped;

    Entry(EndpointRecord record, Bytes signed, Bytes key, long arrival) {
      this.record = record;
      this.signed = signed;
      this.key = key;
      this.arrival = arrival;
    }
  }
}
