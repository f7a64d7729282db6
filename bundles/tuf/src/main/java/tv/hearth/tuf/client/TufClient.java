package tv.hearth.tuf.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.tuf.client.TufException.Problem;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;

/**
 * Brings trusted metadata up to date (The Update Framework 1.0, section 5) and looks targets up in
 * it. The store must hold a {@code root.json} that is trusted. One thread at a time.
 */
public final class TufClient {
  private final MetadataStore store;
  private final MetadataFetcher fetcher;
  private final PublicKeyVerifier verifier;
  private final InstantSource clock;
  private final TufLimits limits;
  private Instant now = Instant.MIN;
  private Signed root;
  private Signed snapshot;
  private Signed targets;

  /** Over what it is given; reads nothing yet. */
  public TufClient(
      MetadataStore store,
      MetadataFetcher fetcher,
      PublicKeyVerifier verifier,
      InstantSource clock,
      TufLimits limits) {
    this.store = store;
    this.fetcher = fetcher;
    this.verifier = verifier;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * Refreshes all four roles; the clock is read once, at the start. What was verified before a
   * failure stays kept.
   */
  public void refresh() throws TufException, IOException {
    targets = null;
    now = clock.instant();
    try {
      refreshRoot();
      FileMeta snapshotMeta = refreshTimestamp();
      refreshSnapshot(snapshotMeta);
      targets = listed("targets", topLevel(root, "targets"));
    } catch (JsonException e) {
      throw new TufException(Problem.MALFORMED, e.getMessage());
    }
  }

  /** The target by the top-level targets, then by its delegations; empty where none names it. */
  public Optional<TargetFile> target(String name) throws TufException, IOException {
    if (targets == null) {
      throw new IllegalStateException("refresh first");
    }
    try {
      return new TargetSearch(this::listed, limits.delegations()).find(targets, name);
    } catch (JsonException e) {
      throw new TufException(Problem.MALFORMED, e.getMessage());
    }
  }

  /**
   * Whether files carry version or hash in their names: a target then lies at {@code
   * DIRECTORY/HASH.NAME}. Valid after a refresh.
   */
  public boolean consistentSnapshot() throws TufException {
    if (root == null) {
      throw new IllegalStateException("refresh first");
    }
    try {
      JsonObject body = root.body();
      return body.find("consistent_snapshot").isPresent() && body.truth("consistent_snapshot");
    } catch (JsonException e) {
      throw new TufException(Problem.MALFORMED, e.getMessage());
    }
  }

  private void refreshRoot() throws TufException, IOException, JsonException {
    byte[] kept =
        store
            .read("root.json")
            .orElseThrow(() -> new IOException("no trusted root.json yet: begin with one"));
    root = Signed.parse("root.json", "root", kept);
    topLevel(root, "root").check(root, verifier);
    for (int i = 0; i < limits.rootRotations(); i++) {
      String path = root.version() + 1 + ".root.json";
      byte[] bytes;
      try {
        bytes = fetch(path, limits.root());
      } catch (MetadataNotFoundException e) {
        break;
      }
      Signed next = Signed.parse(path, "root", bytes);
      topLevel(root, "root").check(next, verifier);
      topLevel(next, "root").check(next, verifier);
      if (next.version() != root.version() + 1) {
        throw new TufException(Problem.ROLLBACK, path + " is version " + next.version());
      }
      // Before the root is kept: a power cut between must not skip the recovery of versions that
      // a thief of the old keys drove up.
      if (revokes(next, "timestamp") || revokes(next, "snapshot")) {
        store.delete("timestamp.json");
        store.delete("snapshot.json");
      }
      store.write("root.json", bytes);
      root = next;
    }
    root.notExpired(now);
  }

  /** Whether a key may not sign for the role any more; one that joins revokes nothing. */
  private boolean revokes(Signed next, String role) throws JsonException {
    return !topLevel(next, role).keyIds().containsAll(topLevel(root, role).keyIds());
  }

  private FileMeta refreshTimestamp() throws TufException, IOException, JsonException {
    RoleKeys keys = topLevel(root, "timestamp");
    Signed kept = kept("timestamp", "timestamp", keys);
    byte[] bytes = fetch("timestamp.json", limits.timestamp());
    Signed next = Signed.parse("timestamp.json", "timestamp", bytes);
    keys.check(next, verifier);
    FileMeta meta = snapshotMeta(next);
    if (kept != null) {
      FileMeta before = snapshotMeta(kept);
      if (next.version() < kept.version() || meta.version() < before.version()) {
        throw new TufException(Problem.ROLLBACK, "timestamp.json is older than what is trusted");
      }
      if (next.version() == kept.version()) {
        kept.notExpired(now);
        return before;
      }
    }
    next.notExpired(now);
    store.write("timestamp.json", bytes);
    return meta;
  }

  private FileMeta snapshotMeta(Signed timestamp) throws JsonException {
    JsonObject meta = timestamp.body().object("meta").object("snapshot.json");
    return FileMeta.of(meta, limits.snapshot());
  }

  private void refreshSnapshot(FileMeta meta) throws TufException, IOException, JsonException {
    RoleKeys keys = topLevel(root, "snapshot");
    Signed kept = kept("snapshot", "snapshot", keys);
    boolean isKept = kept != null && kept.version() == meta.version();
    if (isKept && meta.fits(store.read(file("snapshot")))) {
      kept.notExpired(now);
      snapshot = kept;
      return;
    }
    byte[] bytes = fetch(versioned("snapshot", meta), meta.limit());
    meta.check("snapshot.json", bytes);
    Signed next = Signed.parse("snapshot.json", "snapshot", bytes);
    keys.check(next, verifier);
    promised(next, meta);
    if (kept != null) {
      notOlder(kept, next);
    }
    next.notExpired(now);
    store.write("snapshot.json", bytes);
    snapshot = next;
  }

  private void notOlder(Signed kept, Signed next) throws TufException, JsonException {
    JsonObject meta = next.body().object("meta");
    for (String name : kept.body().object("meta").members().keySet()) {
      long before = kept.body().object("meta").object(name).whole("version");
      if (meta.find(name).isEmpty() || meta.object(name).whole("version") < before) {
        throw new TufException(Problem.ROLLBACK, "snapshot.json takes " + name + " back");
      }
    }
  }

  /** The targets role of that name as the snapshot lists it. */
  private Signed listed(String role, RoleKeys keys)
      throws TufException, IOException, JsonException {
    JsonObject all = snapshot.body().object("meta");
    if (all.find(role + ".json").isEmpty()) {
      throw new TufException(Problem.MIX_AND_MATCH, "snapshot.json does not list " + role);
    }
    FileMeta meta = FileMeta.of(all.object(role + ".json"), limits.targets());
    Signed kept = kept(role, "targets", keys);
    if (kept != null && kept.version() == meta.version() && meta.fits(store.read(file(role)))) {
      kept.notExpired(now);
      return kept;
    }
    byte[] bytes = fetch(versioned(role, meta), meta.limit());
    meta.check(role, bytes);
    Signed next = Signed.parse(role, "targets", bytes);
    keys.check(next, verifier);
    promised(next, meta);
    next.notExpired(now);
    store.write(file(role), bytes);
    return next;
  }

  private static void promised(Signed next, FileMeta meta) throws TufException {
    if (next.version() != meta.version()) {
      String versions = next.version() + " instead of " + meta.version();
      throw new TufException(Problem.MIX_AND_MATCH, next.name() + " is version " + versions);
    }
  }

  /** What was kept, verified again; null where there is none that is still good. */
  private Signed kept(String role, String type, RoleKeys keys) throws IOException {
    Optional<byte[]> bytes = store.read(file(role));
    if (bytes.isEmpty()) {
      return null;
    }
    try {
      Signed signed = Signed.parse(role, type, bytes.get());
      keys.check(signed, verifier);
      return signed;
    } catch (TufException e) {
      // Damaged, or by keys that are revoked: as if it had never been kept.
      return null;
    }
  }

  private String versioned(String role, FileMeta meta) throws TufException {
    return consistentSnapshot() ? meta.version() + "." + file(role) : file(role);
  }

  private static String file(String role) {
    return PercentEncoding.encode(role) + ".json";
  }

  private static RoleKeys topLevel(Signed root, String role) throws JsonException {
    return RoleKeys.of(root.body().object("keys"), root.body().object("roles").object(role));
  }

  private byte[] fetch(String path, int limit) throws TufException, IOException {
    try (InputStream in = fetcher.open(path)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new TufException(Problem.LENGTH, path + " is longer than " + limit);
      }
      return bytes;
    }
  }
}
