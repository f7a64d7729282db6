package tv.hearth.release;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.crypto.signature.PublicKeys;
import tv.hearth.release.SigningKey.Scheme;
import tv.hearth.tuf.client.MetadataNotFoundException;
import tv.hearth.tuf.client.MetadataStore;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufClient;
import tv.hearth.tuf.client.TufException;
import tv.hearth.tuf.client.TufException.Problem;
import tv.hearth.tuf.client.TufLimits;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.release.LeastVersions;
import tv.hearth.tuf.release.PayloadTree;
import tv.hearth.tuf.release.ReleaseFile;

/** The operator's side against the box's: what is published is what a box trusts, and no more. */
class RepositoryTest {
  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private final SecureRandom random = new SecureRandom();
  private final Map<String, byte[]> kept = new HashMap<>();
  private final List<SigningKey> roots = new ArrayList<>();
  private final List<SigningKey> signers = new ArrayList<>();
  private SigningKey online;
  private Path folder;
  private Repository repository;

  @TempDir Path scratch;

  @BeforeEach
  void ceremony() throws Exception {
    folder = scratch.resolve("repository");
    repository = new Repository(folder);
    for (int i = 0; i < 5; i++) {
      roots.add(SigningKey.generate(Scheme.COMPOSITE, random));
    }
    for (int i = 0; i < 3; i++) {
      signers.add(SigningKey.generate(Scheme.COMPOSITE, random));
    }
    online = SigningKey.generate(Scheme.ED25519, random);
    Path staged = repository.stageRoot(roles(roots, signers, online), NOW.plus(WEEK));
    sign(staged, roots.subList(0, 3));
    release("0.1.0", 1);
    publish();
    kept.put("root.json", Files.readAllBytes(folder.resolve("metadata/1.root.json")));
  }

  private static Roles roles(List<SigningKey> root, List<SigningKey> targets, SigningKey online) {
    Role fresh = new Role(List.of(online.publicKey()), 1);
    return new Roles(role(root, 3), role(targets, 2), fresh, fresh);
  }

  private static Role role(List<SigningKey> keys, int threshold) {
    return new Role(keys.stream().map(SigningKey::publicKey).toList(), threshold);
  }

  private static void sign(Path file, List<SigningKey> keys) throws Exception {
    for (SigningKey key : keys) {
      Repository.sign(file, key);
    }
  }

  private Path stage(String version, long counter) throws Exception {
    Path jar = jar("tv.hearth.sample", version);
    ReleaseBuilder.Settings settings =
        new ReleaseBuilder.Settings(
            "hearth",
            version,
            counter,
            List.of("*"),
            60,
            LeastVersions.NONE,
            List.of(jar),
            Map.of("tv.hearth.sample", 5),
            Map.of("a.pid", Json.object("size", 7)));
    return repository.stageTargets(new ReleaseBuilder(repository).build(settings), NOW.plus(WEEK));
  }

  private void release(String version, long counter) throws Exception {
    sign(stage(version, counter), signers.subList(0, 2));
  }

  private void publish() throws Exception {
    repository.publish(online, NOW, WEEK, Duration.ofDays(1));
  }

  private Path jar(String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", name + ";singleton:=true");
    main.putValue("Bundle-Version", version);
    main.putValue("Import-Package", "org.osgi.framework");
    Path jar = scratch.resolve(name + "-" + version + ".jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
      out.putNextEntry(new java.util.zip.ZipEntry("filling"));
      byte[] filling = new byte[600_000];
      random.nextBytes(filling);
      out.write(filling);
    }
    return jar;
  }

  private TufClient box() {
    MetadataStore store =
        new MetadataStore() {
          @Override
          public Optional<byte[]> read(String name) {
            return Optional.ofNullable(kept.get(name));
          }

          @Override
          public void write(String name, byte[] bytes) {
            kept.put(name, bytes);
          }

          @Override
          public void delete(String name) {
            kept.remove(name);
          }
        };
    return new TufClient(
        store,
        path -> {
          Path file = folder.resolve("metadata").resolve(path);
          if (!Files.exists(file)) {
            throw new MetadataNotFoundException(path);
          }
          return Files.newInputStream(file);
        },
        new PublicKeys(),
        InstantSource.fixed(NOW),
        TufLimits.standard());
  }

  @Test
  void aBoxFindsTheReleaseAndItsBundles() throws Exception {
    TufClient box = box();
    box.refresh();
    TargetFile feature = box.target("release/hearth/0.1.0.json").orElseThrow();
    Path file = repository.targetFile(feature.name(), feature.hashes().get("sha256"));
    ReleaseFile release = ReleaseFile.parse(Files.readAllBytes(file));
    assertEquals(1, release.counter());
    assertEquals(7, release.configurations().get("a.pid").whole("size"));
    var bundle = release.bundles().get(0);
    assertEquals("tv.hearth.sample", bundle.symbolicName());
    assertEquals(5, bundle.startOrder());
    assertEquals("org.osgi.framework", bundle.headers().get("Import-Package"));
    TargetFile target = box.target(bundle.target()).orElseThrow();
    assertEquals(bundle.sha256(), target.hashes().get("sha256"));
    PayloadTree tree = PayloadTree.of(target);
    Path jar = repository.targetFile(target.name(), bundle.sha256());
    byte[] leaves = Files.readAllBytes(jar.resolveSibling(jar.getFileName() + ".tree"));
    assertEquals(3, tree.chunks(target.length()));
    assertTrue(tree.fits(leaves, target.length()));
    leaves[40] ^= 1;
    assertFalse(tree.fits(leaves, target.length()));
  }

  @Test
  void aStolenKeyBelowTheThresholdPublishesNothing() throws Exception {
    Path staged = stage("0.2.0", 2);
    sign(staged, signers.subList(0, 1));
    ReleaseToolException refused = assertThrows(ReleaseToolException.class, this::publish);
    assertTrue(refused.getMessage().contains("1 of the 2"), refused.getMessage());
    // And were the tool another: the box counts, too.
    Files.move(staged, folder.resolve("metadata/2.targets.json"));
    Files.delete(folder.resolve("metadata/timestamp.json"));
    Path snapshot = folder.resolve("metadata/1.snapshot.json");
    Files.delete(snapshot);
    assertThrows(ReleaseToolException.class, this::publish);
  }

  @Test
  void aSignatureTwiceIsOneSignature() throws Exception {
    Path staged = stage("0.2.0", 2);
    sign(staged, List.of(signers.get(0), signers.get(0)));
    assertThrows(ReleaseToolException.class, this::publish);
  }

  @Test
  void aFileWithTwoSignaturesOfOneKeyIsNotPublished() throws Exception {
    Path staged = stage("0.2.0", 2);
    sign(staged, signers.subList(0, 2));
    String text = Files.readString(staged);
    int from = text.indexOf('{', text.indexOf("\"signatures\""));
    int to = text.indexOf('}', from) + 1;
    Files.writeString(
        staged, text.substring(0, to) + "," + text.substring(from, to) + text.substring(to));
    ReleaseToolException refused = assertThrows(ReleaseToolException.class, this::publish);
    assertTrue(refused.getMessage().contains("two signatures of one key"), refused.getMessage());
  }

  @Test
  void aRotationRevokesKeysAndBoxesFollow() throws Exception {
    box().refresh();
    List<SigningKey> next = new ArrayList<>(roots.subList(1, 5));
    next.add(SigningKey.generate(Scheme.COMPOSITE, random));
    List<SigningKey> nextSigners =
        List.of(signers.get(1), signers.get(2), SigningKey.generate(Scheme.COMPOSITE, random));
    Path staged = repository.stageRoot(roles(next, nextSigners, online), NOW.plus(WEEK));
    sign(staged, List.of(next.get(4), next.get(0), next.get(1)));
    // Enough by the new root, but the old one's keys signed twice only.
    ReleaseToolException refused = assertThrows(ReleaseToolException.class, this::publish);
    assertTrue(refused.getMessage().contains("root before"), refused.getMessage());
    sign(staged, List.of(next.get(2)));
    // The targets of before are by a key that is revoked now: they must be signed anew.
    refused = assertThrows(ReleaseToolException.class, this::publish);
    assertTrue(refused.getMessage().contains("targets.json"), refused.getMessage());
    sign(stage("0.2.0", 2), nextSigners.subList(1, 3));
    publish();
    TufClient box = box();
    box.refresh();
    assertTrue(box.target("release/hearth/0.2.0.json").isPresent());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("metadata/2.root.json")), kept.get("root.json"));
    sign(stage("0.3.0", 3), signers.subList(0, 2));
    assertThrows(ReleaseToolException.class, this::publish, "a revoked key counted");
  }

  @Test
  void nothingNewRenewsTheTimestampAlone() throws Exception {
    publish();
    box().refresh();
    assertFalse(Files.exists(folder.resolve("metadata/2.snapshot.json")));
    assertEquals(2, SignedFile.read(folder.resolve("metadata/timestamp.json")).version());
    repository.publish(online, NOW.plus(Duration.ofDays(6)), WEEK, Duration.ofDays(2));
    assertTrue(Files.exists(folder.resolve("metadata/2.snapshot.json")), "it would expire first");
  }

  @Test
  void everyByteOfEveryFileIsUnderASignature() throws Exception {
    for (String name : List.of("timestamp.json", "1.snapshot.json", "1.targets.json")) {
      Path file = folder.resolve("metadata").resolve(name);
      byte[] good = Files.readAllBytes(file);
      String text = new String(good, java.nio.charset.StandardCharsets.UTF_8);
      Files.writeString(file, text.replace("\"version\": 1", "\"version\": 9"));
      TufException refused = assertThrows(TufException.class, () -> box().refresh(), name);
      assertTrue(
          List.of(Problem.SIGNATURE, Problem.HASH, Problem.LENGTH).contains(refused.problem()));
      Files.write(file, good);
      kept.keySet().removeIf(other -> !other.equals("root.json"));
    }
    box().refresh();
  }

  @Test
  void countersAreFoundAgain() throws Exception {
    assertEquals(1, repository.largestCounter());
    release("0.2.0", 41);
    publish();
    assertEquals(41, repository.largestCounter());
  }

  @Test
  void aPublishedNameIsNeverBuiltAgainWithOtherBytes() throws Exception {
    byte[] before = Files.readAllBytes(folder.resolve("metadata/1.targets.json"));
    ReleaseToolException refused =
        assertThrows(ReleaseToolException.class, () -> stage("0.1.0", 8));
    assertTrue(refused.getMessage().contains("published already"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("staged/2.targets.json")));
    assertArrayEquals(before, Files.readAllBytes(folder.resolve("metadata/1.targets.json")));
  }

  /** A box that was off goes over what was there. */
  @Test
  void releasesStay() throws Exception {
    Path staged = stage("0.2.0", 2);
    String text = Files.readString(staged);
    Files.writeString(staged, text.replace("release/hearth/0.1.0.json", "release/gone/0.1.0.json"));
    sign(staged, signers.subList(0, 2));
    ReleaseToolException refused = assertThrows(ReleaseToolException.class, this::publish);
    assertTrue(refused.getMessage().contains("releases stay"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("metadata/2.targets.json")));
  }

  @Test
  void whatAReleaseIsInstalledFromIsSignedWithIt() throws Exception {
    Path bundles = Files.createDirectories(scratch.resolve("set"));
    for (String name : List.of("api", "crypto", "update", "lib.sqlite")) {
      Files.move(jar("tv.hearth." + name, "0.3.0"), bundles.resolve(name + ".jar"));
    }
    BundleFolder set = BundleFolder.read(bundles);
    LeastVersions from = set.from(List.of("0.2.0", "tv.hearth.api=0.2.1"));
    Map<String, String> least =
        Map.of("tv.hearth.api", "0.2.1", "tv.hearth.crypto", "0.2.0", "tv.hearth.update", "0.2.0");
    assertEquals(least, from.bundles(), "libraries have versions of their own");
    assertThrows(ReleaseToolException.class, () -> set.from(List.of("newest")));
    ReleaseBuilder.Settings settings =
        new ReleaseBuilder.Settings(
            "far", "0.3.0", 9, List.of("*"), 60, from, set.bundles(), Map.of(), Map.of());
    Map<String, JsonObject> built = new ReleaseBuilder(repository).build(settings);
    String target = ReleaseFile.target("far", "0.3.0");
    String sha256 = built.get(target).object("hashes").text("sha256");
    byte[] feature = Files.readAllBytes(repository.targetFile(target, sha256));
    assertEquals(from, ReleaseFile.parse(feature).from());
  }

  @Test
  void norIsItPublishedByAToolThatBuiltItAllTheSame() throws Exception {
    Path staged = stage("0.2.0", 2);
    String text = Files.readString(staged);
    String sha256 = repository.published("release/hearth/0.1.0.json").orElseThrow();
    Files.writeString(staged, text.replace(sha256, "0".repeat(64)));
    sign(staged, signers.subList(0, 2));
    ReleaseToolException refused = assertThrows(ReleaseToolException.class, this::publish);
    assertTrue(refused.getMessage().contains("published already"), refused.getMessage());
    assertFalse(Files.exists(folder.resolve("metadata/2.targets.json")));
  }

  @Test
  void aCounterThatNoBoxWouldTakeIsRefused() {
    ReleaseToolException refused =
        assertThrows(ReleaseToolException.class, () -> stage("0.2.0", 1));
    assertTrue(refused.getMessage().contains("counter 1 is not above 1"), refused.getMessage());
  }

  @Test
  void theSameReleaseMayBeSignedForLonger() throws Exception {
    Path jar = jar("tv.hearth.same", "1.0.0");
    for (int i = 0; i < 2; i++) {
      ReleaseBuilder.Settings settings =
          new ReleaseBuilder.Settings(
              "same",
              "1.0.0",
              5,
              List.of("*"),
              60,
              LeastVersions.NONE,
              List.of(jar),
              Map.of(),
              Map.of());
      Map<String, JsonObject> built = new ReleaseBuilder(repository).build(settings);
      sign(repository.stageTargets(built, NOW.plus(WEEK)), signers.subList(0, 2));
      publish();
    }
    assertEquals(3, repository.targets().orElseThrow().version());
  }

  @Test
  void aBundleWithOtherBytesOfOneVersionLeavesTheReleaseBeforeWhole() throws Exception {
    Path first = jar("tv.hearth.other", "1.0.0");
    publishOne("a", 2, first);
    Path second = jar("tv.hearth.other", "1.0.0");
    publishOne("b", 3, second);
    TufClient box = box();
    box.refresh();
    for (String name : List.of("a", "b")) {
      TargetFile feature = box.target("release/" + name + "/1.json").orElseThrow();
      Path file = repository.targetFile(feature.name(), feature.hashes().get("sha256"));
      var bundle = ReleaseFile.parse(Files.readAllBytes(file)).bundles().get(0);
      TargetFile target = box.target(bundle.target()).orElseThrow();
      assertEquals(bundle.sha256(), target.hashes().get("sha256"), "release " + name);
    }
  }

  private void publishOne(String name, long counter, Path jar) throws Exception {
    ReleaseBuilder.Settings settings =
        new ReleaseBuilder.Settings(
            name,
            "1",
            counter,
            List.of("*"),
            60,
            LeastVersions.NONE,
            List.of(jar),
            Map.of(),
            Map.of());
    Map<String, JsonObject> built = new ReleaseBuilder(repository).build(settings);
    sign(repository.stageTargets(built, NOW.plus(WEEK)), signers.subList(0, 2));
    publish();
  }

  @Test
  void keysAreTheirOwnersAndSealed() throws Exception {
    Path path = scratch.resolve("keys/one");
    SigningKey key = signers.get(0);
    KeyFile.write(path, key, "open sesame".toCharArray(), random);
    assertEquals(
        "rw-------",
        java.nio.file.attribute.PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    assertEquals(key.keyId(), KeyFile.read(path, "open sesame".toCharArray()).keyId());
    assertEquals(key.keyId(), SigningKey.keyId(KeyFile.readPublic(KeyFile.publicPath(path))));
    assertThrows(ReleaseToolException.class, () -> KeyFile.read(path, "guess".toCharArray()));
    assertThrows(ReleaseToolException.class, () -> KeyFile.write(path, key, new char[0], random));
    assertThrows(ReleaseToolException.class, () -> KeyFile.readPublic(path));
    assertThrows(IllegalArgumentException.class, () -> new Role(List.of(key.publicKey()), 2));
  }

  /** What a power cut left of an earlier publishing is removed, and nobody is handed it. */
  @Test
  void leftoversOfAPowerCutAreRemoved() throws Exception {
    Path half = Files.writeString(folder.resolve("metadata/timestamp.json.tmp"), "{\"signed");
    repository = new Repository(folder);
    assertFalse(Files.exists(half));
  }
}
