package tv.hearth.tests.update;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.release.ReleaseFile;

/** A signed repository in a folder, with one Ed25519 key for every role. */
final class TestRepository {
  private static final HexFormat HEX = HexFormat.of();
  private final Path folder;
  private final KeyPair key;
  private final Map<String, String> targets = new TreeMap<>();
  private int version;

  TestRepository(Path folder) throws Exception {
    this.folder = folder;
    this.key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    Files.createDirectories(folder.resolve("metadata"));
    byte[] spki = key.getPublic().getEncoded();
    String raw = HEX.formatHex(Arrays.copyOfRange(spki, 12, 44));
    String role = "\"%s\":{\"keyids\":[\"k\"],\"threshold\":1}";
    String roles =
        String.join(
            ",",
            role.formatted("root"),
            role.formatted("timestamp"),
            role.formatted("snapshot"),
            role.formatted("targets"));
    write(
        "1.root.json",
        "root",
        1,
        "\"consistent_snapshot\":true,\"keys\":{\"k\":{\"keytype\":\"ed25519\",\"scheme\":"
            + "\"ed25519\",\"keyval\":{\"public\":\""
            + raw
            + "\"}}},\"roles\":{"
            + roles
            + "}");
    Files.copy(metadata("1.root.json"), root());
  }

  private TestRepository(Path folder, KeyPair key) {
    this.folder = folder;
    this.key = key;
  }

  /** One that another process made; it can only be read. */
  static TestRepository published(Path folder) {
    return new TestRepository(folder, null);
  }

  Path folder() {
    return folder;
  }

  Path root() {
    return folder.resolve("root.json");
  }

  String url() {
    return folder.toUri().toString();
  }

  /** Publishes a release of these jars; gives its target's name. */
  String release(String name, long counter, int window, Collection<Path> jars) throws Exception {
    List<String> bundles = new ArrayList<>();
    for (Path jar : jars) {
      bundles.add(bundle(jar));
    }
    String feature =
        "{\"feature-resource-version\":\"1.0\",\"id\":\"tv.hearth:box:"
            + name
            + "\",\"bundles\":["
            + String.join(",", bundles)
            + "],\"extensions\":{\""
            + ReleaseFile.EXTENSION
            + "\":{\"kind\":\"mandatory\",\"type\":\"json\",\"json\":{\"format\":1,\"counter\":"
            + counter
            + ",\"models\":[\"*\"],\"health-window-seconds\":"
            + window
            + "}}}}";
    String target = ReleaseFile.target("box", name);
    add(target, feature.getBytes(UTF_8));
    publish();
    return target;
  }

  private String bundle(Path jar) throws Exception {
    byte[] bytes = Files.readAllBytes(jar);
    Map<String, String> headers = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      Attributes main = file.getManifest().getMainAttributes();
      for (String header : ReleaseFile.HEADERS) {
        if (main.getValue(header) != null) {
          headers.put(header, main.getValue(header));
        }
      }
    }
    String name = headers.get("Bundle-SymbolicName").split(";")[0];
    String target = "bundle/" + name + "/" + headers.get("Bundle-Version") + ".jar";
    add(target, bytes);
    List<String> manifest = new ArrayList<>();
    headers.forEach((header, value) -> manifest.add(quote(header) + ":" + quote(value)));
    boolean basic = name.startsWith("tv.hearth.lib.") || name.equals("tv.hearth.api");
    return "{\"id\":\"tv.hearth:%s:%s\",\"hearth-target\":\"%s\",\"hearth-sha256\":\"%s\",\"hearth-start-order\":%d,\"hearth-manifest\":{%s}}"
        .formatted(
            name,
            headers.get("Bundle-Version"),
            target,
            sha256(bytes),
            basic ? 100 : 500,
            String.join(",", manifest));
  }

  private void add(String target, byte[] bytes) throws Exception {
    String hash = sha256(bytes);
    int slash = target.lastIndexOf('/') + 1;
    Path file =
        folder
            .resolve("targets")
            .resolve(target.substring(0, slash))
            .resolve(hash + "." + target.substring(slash));
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    targets.put(
        target,
        "\"%s\":{\"length\":%d,\"hashes\":{\"sha256\":\"%s\"}}"
            .formatted(target, bytes.length, hash));
  }

  private void publish() throws Exception {
    version++;
    String listed = "\"meta\":{\"%s.json\":{\"version\":" + version + "}}";
    write(
        version + ".targets.json",
        "targets",
        version,
        "\"targets\":{" + String.join(",", targets.values()) + "}");
    write(version + ".snapshot.json", "snapshot", version, listed.formatted("targets"));
    write("timestamp.json", "timestamp", version, listed.formatted("snapshot"));
  }

  private void write(String file, String type, int number, String rest) throws Exception {
    String body =
        "{\"_type\":\"%s\",\"spec_version\":\"1.0.31\",\"version\":%d,\"expires\":\"2099-01-01T00:00:00Z\","
                .formatted(type, number)
            + rest
            + "}";
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(key.getPrivate());
    signature.update(CanonicalJson.encode(JsonParser.parse(body.getBytes(UTF_8))));
    String sig = HEX.formatHex(signature.sign());
    Files.writeString(
        metadata(file),
        "{\"signed\":" + body + ",\"signatures\":[{\"keyid\":\"k\",\"sig\":\"" + sig + "\"}]}");
  }

  private Path metadata(String file) {
    return folder.resolve("metadata").resolve(file);
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static String quote(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
