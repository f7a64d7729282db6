package tv.hearth.membership.node;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.membership.map.MapRefusedException;
import tv.hearth.membership.map.MapRules;
import tv.hearth.membership.map.VerifiedMap;

/**
 * The last map that verified, on disk before it is in force, so that no restart goes back behind
 * it. Thread-safe; reading answers at once.
 */
final class MapHolder {
  private static final System.Logger LOG = System.getLogger(MapHolder.class.getName());
  private final MemberFiles files;
  private final List<Bytes> roots;
  private final Clock clock;
  private final AtomicLong refused = new AtomicLong();
  private boolean loaded;
  private volatile VerifiedMap current;

  /**
   * Over the member's files.
   *
   * @param roots SubjectPublicKeyInfo of the operator's root; several while it is changed
   */
  MapHolder(MemberFiles files, List<Bytes> roots, Clock clock) {
    this.files = files;
    this.roots = List.copyOf(roots);
    this.clock = clock;
  }

  /** The map in force. */
  Optional<BoxMap> map() {
    return Optional.ofNullable(current).map(VerifiedMap::map);
  }

  /** Maps that were not believed. */
  long refused() {
    return refused.get();
  }

  /** Takes the map on disk up, once; that it expired meanwhile does not matter. */
  synchronized void load(SignatureVerifier verifier) {
    if (loaded) {
      return;
    }
    Optional<byte[]> stored = files.map();
    if (stored.isPresent()) {
      try {
        current = verified(stored.get(), verifier);
      } catch (MapRefusedException e) {
        LOG.log(System.Logger.Level.WARNING, "the map on disk is left out: " + e.getMessage());
        if (e.problem() == MapRefusedException.Problem.FORMAT) {
          files.mapIsNewer(e.getMessage());
        }
      }
    }
    loaded = true;
  }

  /** Takes a map from outside where it may follow on the present one; returns whether it did. */
  synchronized boolean take(byte[] message, String name, SignatureVerifier verifier) {
    load(verifier);
    if (current != null && current.message().equals(Bytes.of(message))) {
      return false;
    }
    try {
      VerifiedMap next = verified(message, verifier);
      if (!MapRules.replaces(current, next, name, clock.instant())) {
        return false;
      }
      files.map(message);
      current = next;
      return true;
    } catch (MapRefusedException e) {
      refused.incrementAndGet();
      LOG.log(System.Logger.Level.WARNING, "a map is refused: " + e.getMessage());
      return false;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "the map can't be kept, so it isn't taken", e);
      return false;
    }
  }

  private VerifiedMap verified(byte[] message, SignatureVerifier verifier)
      throws MapRefusedException {
    MapRefusedException last = null;
    for (Bytes root : roots) {
      try {
        return VerifiedMap.of(message, root, verifier);
      } catch (MapRefusedException e) {
        last = e;
      }
    }
    throw last;
  }
}
