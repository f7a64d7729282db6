package tv.hearth.tuf.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.json.JsonParser;

/** A repository in memory, with a key a role, and a box's store. */
final class Repository implements MetadataStore {
  final Map<String, byte[]> served = new HashMap<>();
  final Map<String, byte[]> kept = new HashMap<>();
  final Map<String, KeyPair> keys = new HashMap<>();
  int threshold = 1;

  /** Bytes that are promised beyond those that are served; below 0: nothing is promised. */
  int lengthsMore = -1;

  /** The file that gets its one signature twice. */
  String twiceSigned = "";

  Repository() throws Exception {
    for (String role : new String[] {"root", "timestamp", "snapshot", "targets", "other"}) {
      keys.put(role, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }
  }

  void file(String path, String signer, String type, long version, String year, String rest)
      throws Exception {
    String head = "{\"_type\":\"%s\",\"spec_version\":\"1.0.31\",\"version\":%d,";
    String body = head.formatted(type, version);
    body += "\"expires\":\"" + year + "-01-01T00:00:00Z\"," + rest + "}";
    Signature signature = Signature.getInstance("Ed25519");
    signature.initSign(keys.get(signer).getPrivate());
    signature.update(CanonicalJson.encode(JsonParser.parse(body.getBytes(UTF_8))));
    String sig = HexFormat.of().formatHex(signature.sign());
    String one = "{\"keyid\":\"%s\",\"sig\":\"%s\"}".formatted(signer, sig);
    String list = path.equals(twiceSigned) ? one + "," + one : one;
    String file = "{\"signed\":%s,\"signatures\":[%s]}";
    served.put(path, file.formatted(body, list).getBytes(UTF_8));
  }

  void root(long version, String signer, String timestampKey) throws Exception {
    StringBuilder listed = new StringBuilder();
    for (var key : keys.entrySet()) {
      byte[] spki = key.getValue().getPublic().getEncoded();
      String raw = HexFormat.of().formatHex(Arrays.copyOfRange(spki, 12, 44));
      String one =
          "\"%s\":{\"keytype\":\"ed25519\",\"scheme\":\"ed25519\",\"keyval\":{\"public\":\"%s\"}}";
      listed.append(listed.isEmpty() ? "" : ",").append(one.formatted(key.getKey(), raw));
    }
    String role = "\"%s\":{\"keyids\":[\"%s\"],\"threshold\":%d}";
    String roles =
        String.join(
            ",",
            role.formatted("root", "root", 1),
            role.formatted("timestamp", timestampKey, 1),
            role.formatted("snapshot", "snapshot", 1),
            role.formatted("targets", "targets", threshold));
    String rest = "\"consistent_snapshot\":true,\"keys\":{%s},\"roles\":{%s}";
    file(version + ".root.json", signer, "root", version, "2030", rest.formatted(listed, roles));
  }

  void publish(long version, String timestampKey, String year) throws Exception {
    String target = "\"targets\":{\"a/b\":{\"length\":1,\"hashes\":{\"sha256\":\"00\"}}}";
    file(version + ".targets.json", "targets", "targets", version, "2030", target);
    String listed = meta("targets", version);
    file(version + ".snapshot.json", "snapshot", "snapshot", version, max(year), listed);
    file("timestamp.json", timestampKey, "timestamp", version, year, meta("snapshot", version));
  }

  /** A timestamp of the snapshot that is served. */
  void timestampAlone(long version, long snapshot) throws Exception {
    String last = meta("snapshot", snapshot);
    file("timestamp.json", "timestamp", "timestamp", version, "2030", last);
  }

  /** Never expired before the timestamp is. */
  private static String max(String year) {
    return year.compareTo("2030") > 0 ? year : "2030";
  }

  /** What promises a file that is served: its length and hash, where lengths are promised. */
  private String meta(String role, long version) throws Exception {
    String head = "\"meta\":{\"%s.json\":{\"version\":%d".formatted(role, version);
    if (lengthsMore < 0) {
      return head + "}}";
    }
    byte[] bytes = served.get(version + "." + role + ".json");
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    String promise = ",\"length\":%d,\"hashes\":{\"sha256\":\"%s\"}}}";
    return head + promise.formatted(bytes.length + lengthsMore, HexFormat.of().formatHex(hash));
  }

  TufClient client(java.time.InstantSource clock) {
    PublicKeyVerifier verifier = Repository::verify;
    return new TufClient(this, this::open, verifier, clock, TufLimits.standard());
  }

  private java.io.InputStream open(String path) throws MetadataNotFoundException {
    if (!served.containsKey(path)) {
      throw new MetadataNotFoundException(path);
    }
    return new ByteArrayInputStream(served.get(path));
  }

  private static boolean verify(String scheme, Bytes key, byte[] message, byte[] signature)
      throws BadSignatureException {
    try {
      byte[] spki = HexFormat.of().parseHex("302a300506032b6570032100" + hex(key));
      var spec = new java.security.spec.X509EncodedKeySpec(spki);
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(java.security.KeyFactory.getInstance("Ed25519").generatePublic(spec));
      check.update(message);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      throw new BadSignatureException("malformed", e);
    }
  }

  private static String hex(Bytes key) {
    return HexFormat.of().formatHex(key.toArray());
  }

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
}
