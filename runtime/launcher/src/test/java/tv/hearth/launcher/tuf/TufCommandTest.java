package tv.hearth.launcher.tuf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tv.hearth.launcher.command.Tuf;
import tv.hearth.launcher.tuf.Simulator.Key;

/** {@code hearth tuf} against a server, as the framework's own conformance suite drives clients. */
class TufCommandTest {
  @TempDir Path scratch;
  private Simulator repository;
  private Path metadata;
  private Path targets;

  @BeforeEach
  void begin() throws Exception {
    repository = new Simulator();
    metadata = scratch.resolve("metadata");
    targets = scratch.resolve("targets");
    Path root = scratch.resolve("initial.json");
    Files.write(root, repository.files.get("/metadata/1.root.json"));
    assertEquals(0, run("--metadata-dir", metadata.toString(), "init", root.toString()));
    assertEquals(List.of(), repository.requests);
  }

  @AfterEach
  void end() {
    repository.close();
  }

  private static int run(String... args) {
    return new CommandLine(new Tuf())
        .setExecutionExceptionHandler((problem, command, parsed) -> 1)
        .execute(args);
  }

  private int refresh() {
    repository.requests.clear();
    return run(
        "--metadata-url",
        repository.url("metadata"),
        "--metadata-dir",
        metadata.toString(),
        "refresh");
  }

  private int download(String... names) {
    repository.requests.clear();
    List<String> args =
        new ArrayList<>(
            List.of(
                "--metadata-url", repository.url("metadata"),
                "--metadata-dir", metadata.toString(),
                "--target-dir", targets.toString(),
                "--target-base-url", repository.url("targets")));
    for (String name : names) {
      args.add("--target-name");
      args.add(name);
    }
    args.add("download");
    return run(args.toArray(String[]::new));
  }

  private long version(String role) throws IOException {
    return new ObjectMapper()
        .readTree(metadata.resolve(role + ".json").toFile())
        .at("/signed/version")
        .asLong();
  }

  private List<String> downloaded() throws IOException {
    List<String> contents = new ArrayList<>();
    try (Stream<Path> files = Files.list(targets)) {
      for (Path file : files.sorted().toList()) {
        contents.add(Files.readString(file));
      }
    }
    return contents;
  }

  @Test
  void theFirstRefreshAsksForEachRoleOnce() throws Exception {
    assertEquals(0, refresh());
    assertEquals(List.of("2.root", "timestamp", "1.snapshot", "1.targets"), repository.asked());
    assertArrayEquals(
        repository.files.get("/metadata/timestamp.json"),
        Files.readAllBytes(metadata.resolve("timestamp.json")));
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      assertEquals(1, version(role), role);
    }
  }

  @Test
  void whenNothingChangedOneSmallDownloadDoes() throws Exception {
    refresh();
    assertEquals(0, refresh());
    assertEquals(List.of("2.root", "timestamp"), repository.asked());
  }

  @Test
  void withoutConsistentSnapshotsNamesAreBare() throws Exception {
    repository.consistent = false;
    repository.bodies.get("root").put("consistent_snapshot", false);
    repository.publishRoot();
    repository.target("targets", "a/b.txt", "plain");
    repository.publish("targets");
    assertEquals(0, download("a/b.txt"));
    assertEquals(
        List.of("2.root", "3.root", "timestamp", "snapshot", "targets"), repository.asked());
    assertTrue(repository.requests.contains("/targets/a/b.txt"));
    assertEquals(List.of("plain"), downloaded());
  }

  @Test
  void anInvalidRootAsksTheRepositoryForNothing() throws Exception {
    Path root = metadata.resolve("root.json");
    String text = Files.readString(root);
    for (String bad :
        List.of(text.replace("\"version\":1,", ""), text.replace("2999-01", "2998-01"), "{", "")) {
      Files.writeString(root, bad);
      assertEquals(1, refresh());
      assertEquals(List.of(), repository.requests);
    }
    Files.delete(root);
    assertEquals(1, refresh());
  }

  @Test
  void theSameVersionWithOtherContentReplacesNothing() throws Exception {
    refresh();
    byte[] before = Files.readAllBytes(metadata.resolve("timestamp.json"));
    repository.bodies.get("timestamp").put("version", 0L);
    repository.at("timestamp", "meta", "snapshot.json").put("version", 100);
    repository.publishTimestamp();
    assertEquals(0, refresh());
    assertArrayEquals(before, Files.readAllBytes(metadata.resolve("timestamp.json")));
  }

  @Test
  void fieldsThatItDoesNotKnowAreSignedToo() throws Exception {
    refresh();
    repository.bodies.get("root").put("custom-field", "value \u00e9\u2028\ud83d\ude00");
    repository.at("root", "keys", "root-key").put("extra", Simulator.map("b", 2, "a", List.of(1)));
    repository.at("root", "roles", "root").put("another", true);
    repository.publishRoot();
    assertEquals(0, refresh());
    assertEquals(2, version("root"));
  }

  @Test
  void keysOfEveryKindCount() throws Exception {
    repository.signers.put("timestamp", List.of(Key.rsa("r")));
    repository.signers.put("snapshot", List.of(Key.ecdsa("e", "ecdsa")));
    repository.signers.put("targets", List.of(Key.ecdsa("o", "ecdsa-sha2-nistp256")));
    repository.keysFromSigners();
    repository.publishRoot();
    repository.publish("targets");
    assertEquals(0, refresh());
    repository.at("root", "keys", "r").put("scheme", "no-such-scheme");
    repository.publishRoot();
    assertEquals(1, refresh(), "a key of an unknown scheme signed");
    assertEquals(3, version("root"));
  }

  @Test
  void aKeyUnderManyIdsIsOneSigner() throws Exception {
    refresh();
    Key key = Key.ed25519("x0");
    List<Key> twins = new ArrayList<>(repository.signers.get("snapshot"));
    for (int i = 0; i < 5; i++) {
      twins.add(new Key("x" + i, key.keyType(), key.scheme(), key.pair(), key.signatureName()));
    }
    repository.signers.put("snapshot", twins);
    repository.keysFromSigners();
    repository.threshold("snapshot", 3);
    repository.publishRoot();
    repository.publish("targets");
    assertEquals(1, refresh());
    assertEquals(1, version("snapshot"));
  }

  @Test
  void signaturesOfOthersDoNotCount() throws Exception {
    refresh();
    Key other = Key.ed25519("other");
    List<Key> all = new ArrayList<>(repository.signers.get("snapshot"));
    all.add(other);
    repository.threshold("snapshot", 2);
    repository.publishRoot();
    repository.signers.put("snapshot", all);
    repository.publish("targets");
    assertEquals(1, refresh());
    assertEquals(2, version("root"));
    assertEquals(1, version("snapshot"));
  }

  @Test
  void aRootMustBeSignedByBothItsOwnAndTheOneBefore() throws Exception {
    refresh();
    List<Key> old = repository.signers.get("root");
    Key fresh = Key.ed25519("fresh");
    repository.signers.put("root", List.of(fresh));
    repository.keysFromSigners();
    repository.publishRoot();
    assertEquals(1, refresh(), "the old key did not sign");
    assertEquals(1, version("root"));
    repository.bodies.get("root").put("version", 1L);
    repository.signers.put("root", old);
    repository.publishRoot();
    assertEquals(1, refresh(), "the new key did not sign");
    assertEquals(1, version("root"));
    repository.bodies.get("root").put("version", 1L);
    repository.signers.put("root", List.of(fresh, old.get(0)));
    repository.publishRoot();
    assertEquals(0, refresh());
    assertEquals(2, version("root"));
  }

  @Test
  void aRootIsNeverSkippedNorOfAnotherVersion() throws Exception {
    refresh();
    repository.publishRoot();
    repository.publishRoot();
    repository.files.put("/metadata/2.root.json", repository.files.get("/metadata/3.root.json"));
    assertEquals(1, refresh());
    assertEquals(1, version("root"));
  }

  @Test
  void anExpiredRootIsKeptAndNothingMore() throws Exception {
    refresh();
    repository.bodies.get("root").put("expires", "2001-01-01T00:00:00Z");
    repository.publishRoot();
    repository.publish("targets");
    assertEquals(1, refresh());
    assertEquals(2, version("root"));
    assertEquals(1, version("timestamp"));
    assertEquals(List.of("2.root", "3.root"), repository.asked());
  }

  @ParameterizedTest
  @ValueSource(strings = {"timestamp", "snapshot", "targets"})
  void expiredMetadataIsNotKept(String role) throws Exception {
    refresh();
    repository.bodies.get(role).put("expires", "2001-01-01T00:00:00Z");
    repository.publish("targets");
    assertEquals(1, refresh());
    assertEquals(1, version(role));
  }

  @Test
  void rollbacksAreRefused() throws Exception {
    repository.publish("targets");
    refresh();
    repository.bodies.get("timestamp").put("version", 0L);
    repository.publishTimestamp();
    assertEquals(1, refresh());
    assertEquals(2, version("timestamp"));
    repository.bodies.get("timestamp").put("version", 7L);
    repository.at("timestamp", "meta", "snapshot.json").put("version", 1);
    repository.publishTimestamp();
    assertEquals(1, refresh(), "an older snapshot");
    assertEquals(2, version("timestamp"));
    repository.at("snapshot", "meta", "targets.json").put("version", 1);
    repository.publishSnapshot();
    assertEquals(1, refresh(), "older targets");
    assertEquals(2, version("snapshot"));
    assertEquals(2, version("targets"));
    repository.at("snapshot", "meta").remove("targets.json");
    repository.publishSnapshot();
    assertEquals(1, refresh(), "targets that are gone");
  }

  @Test
  void aFastForwardIsRecoveredByNewKeys() throws Exception {
    repository.bodies.get("timestamp").put("version", 900_000L);
    repository.bodies.get("snapshot").put("version", 900_000L);
    repository.bodies.get("targets").put("version", 900_000L);
    repository.publish("targets");
    assertEquals(0, refresh());
    repository.signers.put("snapshot", List.of(Key.ed25519("snapshot-2")));
    repository.signers.put("timestamp", List.of(Key.ed25519("timestamp-2")));
    repository.keysFromSigners();
    repository.publishRoot();
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      repository.bodies.get(role).put("version", 1L);
    }
    repository.publish("targets");
    assertEquals(0, refresh());
    for (String role : List.of("timestamp", "snapshot", "targets")) {
      assertEquals(2, version(role), role);
    }
  }

  @Test
  void mixedOrChangedFilesAreRefused() throws Exception {
    repository.hashes = true;
    repository.publish("targets");
    refresh();
    byte[] old = repository.files.get("/metadata/2.targets.json");
    repository.publish("targets");
    repository.files.put("/metadata/3.targets.json", old);
    assertEquals(1, refresh(), "targets of another time");
    assertEquals(2, version("targets"));
    repository.files.put("/metadata/3.snapshot.json", "{}".getBytes(StandardCharsets.UTF_8));
    assertEquals(1, refresh());
  }

  @Test
  void moreBytesThanAllowedAreNotRead() throws Exception {
    refresh();
    repository.files.put("/metadata/timestamp.json", new byte[3_000_000]);
    assertEquals(1, refresh());
    repository.files.put("/metadata/2.root.json", new byte[3_000_000]);
    assertEquals(1, refresh());
    assertEquals(1, version("root"));
  }

  @Test
  void targetsAreFetchedOnceAndOnlyAsSigned() throws Exception {
    repository.target("targets", "path/to/a/file.txt", "first");
    repository.target("targets", "other.txt", "second");
    repository.publish("targets");
    assertEquals(0, download("path/to/a/file.txt", "other.txt"));
    assertEquals(List.of("second", "first"), downloaded());
    repository.files.keySet().removeIf(path -> path.startsWith("/targets/"));
    assertEquals(0, download("path/to/a/file.txt", "other.txt"), "they are there already");
    assertTrue(repository.requests.stream().noneMatch(path -> path.startsWith("/targets/")));

    repository.target("targets", "path/to/a/file.txt", "newer");
    repository.publish("targets");
    assertEquals(0, download("path/to/a/file.txt"));
    assertEquals(List.of("second", "newer"), downloaded());

    Files.writeString(targets.resolve("other.txt"), "broken");
    repository.target("targets", "other.txt", "again!");
    repository.publish("targets");
    repository.files.replaceAll(
        (path, bytes) ->
            path.contains("other.txt") ? "malice".getBytes(StandardCharsets.UTF_8) : bytes);
    assertEquals(1, download("other.txt"));
    assertEquals(List.of("broken", "newer"), downloaded());
  }

  @Test
  void theFirstFailureEndsADownload() throws Exception {
    repository.target("targets", "1", "one");
    repository.target("targets", "3", "three");
    repository.publish("targets");
    assertEquals(1, download("1", "2", "3"));
    assertEquals(List.of("one"), downloaded());
    assertEquals(1, download());
  }

  @Test
  void aNameThatClimbsStaysInTheFolder() throws Exception {
    for (String name : List.of("../outside", "..", ".", "/etc/x", "a/../../b", "x".repeat(300))) {
      repository.target("targets", name, "content of " + name);
    }
    repository.publish("targets");
    for (String name : List.of("../outside", "..", "a/../../b")) {
      run(
          "--metadata-url",
          repository.url("metadata"),
          "--metadata-dir",
          metadata.toString(),
          "--target-dir",
          targets.toString(),
          "--target-base-url",
          repository.url("targets"),
          "--target-name",
          name,
          "download");
    }
    assertFalse(Files.exists(scratch.resolve("outside")));
    assertFalse(Files.exists(scratch.resolve("b")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"?", "#", "/delegated", "../delegated", "a b", "%2F"})
  void delegatesOfAnyNameAreQuoted(String role) throws Exception {
    repository.delegate("targets", role, false, "*");
    repository.publish(role, "targets");
    assertEquals(1, download("nothing"));
    String quoted = java.net.URLEncoder.encode(role, StandardCharsets.UTF_8).replace("+", "%20");
    assertEquals("1." + quoted, repository.asked().get(4));
    try (Stream<Path> files = Files.list(metadata)) {
      assertEquals(role.contains(" ") ? 4 : 5, files.count());
    }
  }

  @Test
  void delegationsAreWalkedInOrderDepthFirst() throws Exception {
    repository.delegate("targets", "A", false, "*");
    repository.delegate("targets", "B", false, "*");
    repository.delegate("A", "C", true, "*.txt");
    repository.delegate("A", "D", false, "*");
    repository.delegate("C", "A", false, "*");
    repository.delegate("C", "E", false, "*.md");
    repository.publish("A", "B", "C", "D", "E", "targets");
    assertEquals(1, download("missing"));
    assertEquals(List.of("1.A", "1.D", "1.B"), repository.asked().subList(4, 7));
    refreshAnew();
    assertEquals(1, download("missing.txt"));
    assertEquals(List.of("1.A", "1.C"), repository.asked().subList(4, repository.asked().size()));
  }

  private void refreshAnew() throws IOException {
    try (Stream<Path> files = Files.list(metadata)) {
      for (Path file : files.filter(each -> !each.endsWith("root.json")).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aDelegateHasWhatItWasGivenAlone() throws Exception {
    repository.delegate("targets", "A", false, "a/*");
    repository.target("A", "a/x", "good");
    repository.target("A", "b/x", "not its to give");
    repository.publish("A", "targets");
    assertEquals(0, download("a/x"));
    assertEquals(1, download("b/x"));
    repository.signers.put("A", List.of(Key.ed25519("A-key")));
    repository.target("A", "a/x", "by a stranger");
    repository.publish("A");
    assertEquals(1, download("a/x"));
    assertEquals(List.of("good"), downloaded());
  }

  @Test
  void aDelegateOfATopLevelNameIsRefused() throws Exception {
    refresh();
    repository.delegate("targets", "timestamp", false, "*");
    repository.bodies.get("targets").put("version", 7L);
    repository.signers.put("timestamp", List.of(Key.ed25519("timestamp-key")));
    byte[] before = Files.readAllBytes(metadata.resolve("timestamp.json"));
    assertEquals(1, download("nothing"));
    assertArrayEquals(before, Files.readAllBytes(metadata.resolve("timestamp.json")));
  }

  @Test
  void hashPrefixesChooseTheirBin() throws Exception {
    String hash = Simulator.sha256("some/name".getBytes(StandardCharsets.UTF_8));
    repository.delegate("targets", "bin-a", false, "-");
    repository.delegate("targets", "bin-b", false, "-");
    for (int i = 0; i < 2; i++) {
      @SuppressWarnings("unchecked")
      var role = (java.util.Map<String, Object>) repository.roles("targets").get(i);
      role.remove("paths");
      String prefix = i == 0 ? (hash.startsWith("0") ? "1" : "0") : hash.substring(0, 3);
      role.put("path_hash_prefixes", List.of(prefix));
    }
    repository.target("bin-b", "some/name", "found");
    repository.publish("bin-a", "bin-b", "targets");
    assertEquals(0, download("some/name"));
    assertEquals("1.bin-b", repository.asked().get(4));
  }
}
