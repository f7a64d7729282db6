package tv.hearth.launcher.tuf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonParser;

/**
 * A repository of The Update Framework over HTTP whose every word a test can change before it is
 * signed, and which says what it was asked for.
 */
final class Simulator implements AutoCloseable {
  /** Requests as they came: paths beneath the server. */
  final List<String> requests = new CopyOnWriteArrayList<>();

  final Map<String, List<Key>> signers = new LinkedHashMap<>();
  final Map<String, Map<String, Object>> bodies = new LinkedHashMap<>();
  final Map<String, byte[]> files = new LinkedHashMap<>();
  boolean hashes;
  boolean consistent = true;
  private final ObjectMapper json = new ObjectMapper();
  private final HttpServer server;

  /** A key with its form in metadata. */
  record Key(String id, String keyType, String scheme, KeyPair pair, String signatureName) {
    static Key ed25519(String id) throws GeneralSecurityException {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new Key(id, "ed25519", "ed25519", pair, "Ed25519");
    }

    static Key ecdsa(String id, String keyType) throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      return new Key(id, keyType, "ecdsa-sha2-nistp256", pair, "SHA256withECDSA");
    }

    static Key rsa(String id) throws GeneralSecurityException {
      KeyPair pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
      return new Key(id, "rsa", "rsassa-pss-sha256", pair, "RSASSA-PSS");
    }

    Map<String, Object> publicKey() {
      byte[] spki = pair.getPublic().getEncoded();
      String text =
          keyType.equals("ed25519")
              ? HexFormat.of().formatHex(spki, spki.length - 32, spki.length)
              : "-----BEGIN PUBLIC KEY-----\n"
                  + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(spki)
                  + "\n-----END PUBLIC KEY-----\n";
      return map("keytype", keyType, "scheme", scheme, "keyval", map("public", text));
    }

    String sign(byte[] message) throws GeneralSecurityException {
      Signature signature = Signature.getInstance(signatureName);
      if (signatureName.equals("RSASSA-PSS")) {
        signature.setParameter(
            new java.security.spec.PSSParameterSpec(
                "SHA-256", "MGF1", java.security.spec.MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return HexFormat.of().formatHex(signature.sign());
    }
  }

  Simulator() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      signers.put(role, new ArrayList<>(List.of(Key.ed25519(role + "-key"))));
    }
    bodies.put("root", body("root", 0, "consistent_snapshot", true));
    bodies.put("timestamp", body("timestamp", 0));
    bodies.put("snapshot", body("snapshot", 0, "meta", map()));
    bodies.put("targets", body("targets", 0, "targets", map()));
    keysFromSigners();
    publishRoot();
    publish("targets");
  }

  private static Map<String, Object> body(String type, long version, Object... more) {
    Map<String, Object> body =
        map(
            "_type",
            type,
            "spec_version",
            "1.0.31",
            "version",
            version,
            "expires",
            "2999-01-01T00:00:00Z");
    body.putAll(map(more));
    return body;
  }

  static Map<String, Object> map(Object... members) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put((String) members[i], members[i + 1]);
    }
    return map;
  }

  @SuppressWarnings("unchecked")
  Map<String, Object> at(String role, String... path) {
    Map<String, Object> value = bodies.get(role);
    for (String name : path) {
      value = (Map<String, Object>) value.computeIfAbsent(name, key -> map());
    }
    return value;
  }

  /** The root's keys and roles are those of the signers, each with a threshold of 1. */
  void keysFromSigners() {
    Map<String, Object> root = bodies.get("root");
    root.put("keys", map());
    root.put("roles", map());
    for (String role : List.of("root", "timestamp", "snapshot", "targets")) {
      List<String> ids = new ArrayList<>();
      for (Key key : signers.get(role)) {
        at("root", "keys").put(key.id(), key.publicKey());
        ids.add(key.id());
      }
      at("root", "roles").put(role, map("keyids", ids, "threshold", 1));
    }
  }

  void threshold(String role, int threshold) {
    at("root", "roles", role).put("threshold", threshold);
  }

  /** Delegates to a role, with a key of its own where it has none yet. */
  void delegate(String from, String to, boolean terminating, String... paths) throws Exception {
    if (!signers.containsKey(to)) {
      signers.put(to, new ArrayList<>(List.of(Key.ed25519(to + "-key"))));
    }
    Key key = signers.get(to).get(0);
    at(from, "delegations", "keys").put(key.id(), key.publicKey());
    List<Object> roles = roles(from);
    roles.add(
        map(
            "name",
            to,
            "keyids",
            List.of(key.id()),
            "threshold",
            1,
            "terminating",
            terminating,
            "paths",
            List.of(paths)));
    bodies.putIfAbsent(to, body("targets", 0, "targets", map()));
  }

  @SuppressWarnings("unchecked")
  List<Object> roles(String from) {
    return (List<Object>)
        at(from, "delegations").computeIfAbsent("roles", key -> new ArrayList<Object>());
  }

  /** Adds a target's bytes, and what its metadata says of them. */
  void target(String role, String name, String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String hash = sha256(bytes);
    at(role, "targets").put(name, map("length", bytes.length, "hashes", map("sha256", hash)));
    int slash = name.lastIndexOf('/') + 1;
    String prefix = consistent ? hash + "." : "";
    files.put("/targets/" + name.substring(0, slash) + prefix + name.substring(slash), bytes);
  }

  void publishRoot() throws Exception {
    long version = bump("root");
    files.put("/metadata/" + version + ".root.json", signed("root"));
  }

  /** A new version of these roles, then of snapshot and timestamp. */
  void publish(String... roles) throws Exception {
    for (String role : roles) {
      long version = bump(role);
      byte[] bytes = put(role, version);
      at("snapshot", "meta").put(role + ".json", meta(version, bytes));
    }
    publishSnapshot();
  }

  void publishSnapshot() throws Exception {
    long version = bump("snapshot");
    byte[] bytes = put("snapshot", version);
    at("timestamp", "meta").put("snapshot.json", meta(version, bytes));
    publishTimestamp();
  }

  void publishTimestamp() throws Exception {
    bump("timestamp");
    files.put("/metadata/timestamp.json", signed("timestamp"));
  }

  private byte[] put(String role, long version) throws Exception {
    byte[] bytes = signed(role);
    String name = java.net.URLEncoder.encode(role, StandardCharsets.UTF_8) + ".json";
    files.put("/metadata/" + (consistent ? version + "." : "") + name, bytes);
    return bytes;
  }

  private Map<String, Object> meta(long version, byte[] bytes) throws Exception {
    return hashes
        ? map("version", version, "length", bytes.length, "hashes", map("sha256", sha256(bytes)))
        : map("version", version);
  }

  long version(String role) {
    return ((Number) bodies.get(role).get("version")).longValue();
  }

  private long bump(String role) {
    long next = version(role) + 1;
    bodies.get(role).put("version", next);
    return next;
  }

  byte[] signed(String role) throws Exception {
    byte[] message = canonical(bodies.get(role));
    List<Object> signatures = new ArrayList<>();
    for (Key key : signers.get(role)) {
      signatures.add(map("keyid", key.id(), "sig", key.sign(message)));
    }
    return json.writeValueAsBytes(map("signatures", signatures, "signed", bodies.get(role)));
  }

  private byte[] canonical(Map<String, Object> body) throws JsonProcessingException, JsonException {
    return CanonicalJson.encode(JsonParser.parse(json.writeValueAsBytes(body)));
  }

  static String sha256(byte[] bytes) throws GeneralSecurityException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  String url(String folder) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + folder;
  }

  /** Metadata that was asked for, in order, without folder and ending. */
  List<String> asked() {
    return requests.stream().flatMap(Simulator::metadata).toList();
  }

  private static Stream<String> metadata(String path) {
    return path.startsWith("/metadata/")
        ? Stream.of(path.substring("/metadata/".length()).replaceFirst("\\.json$", ""))
        : Stream.empty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getRawPath();
      requests.add(path);
      exchange.getRequestBody().readAllBytes();
      byte[] bytes = files.get(path);
      if (bytes == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
