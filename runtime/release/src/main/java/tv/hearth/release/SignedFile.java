package tv.hearth.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.signature.PublicKeys;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.json.JsonValue;

/**
 * Metadata with its signatures so far. Immutable.
 *
 * @param signatures key id to hexadecimal signature
 */
public record SignedFile(JsonObject signed, Map<String, String> signatures) {
  private static final int LARGEST = 8 << 20;

  /** Copies the map, in its order. */
  public SignedFile {
    signatures = Collections.unmodifiableMap(new LinkedHashMap<>(signatures));
  }

  static SignedFile unsigned(JsonObject signed) {
    return new SignedFile(signed, Map.of());
  }

  /** Reads a metadata file. */
  public static SignedFile read(Path path) throws IOException, ReleaseToolException {
    if (Files.size(path) > LARGEST) {
      throw new ReleaseToolException(path + " is no metadata: too long");
    }
    try {
      JsonObject file = JsonParser.object(Files.readAllBytes(path));
      Map<String, String> signatures = new LinkedHashMap<>();
      for (JsonValue item : file.array("signatures")) {
        JsonObject one = JsonObject.as(JsonObject.class, "signatures", item);
        if (signatures.put(one.text("keyid"), one.text("sig")) != null) {
          throw new ReleaseToolException(
              path + " has two signatures of one key, and no box takes it: sign it anew");
        }
      }
      return new SignedFile(file.object("signed"), signatures);
    } catch (JsonException e) {
      throw new ReleaseToolException(path + " is no metadata: " + e.getMessage(), e);
    }
  }

  /** The same with that key's signature. */
  public SignedFile sign(SigningKey key) {
    Map<String, String> more = new LinkedHashMap<>(signatures);
    byte[] signature = key.sign(CanonicalJson.encode(signed));
    more.put(key.keyId(), HexFormat.of().formatHex(signature));
    return new SignedFile(signed, more);
  }

  /** The file's bytes. */
  public byte[] encode() {
    List<JsonValue> list = new ArrayList<>();
    signatures.forEach((id, sig) -> list.add(Json.object("keyid", id, "sig", sig)));
    return Json.write(Json.object("signatures", list, "signed", signed));
  }

  /** Its type: root, targets, snapshot or timestamp. */
  public String type() throws ReleaseToolException {
    return text("_type");
  }

  long version() throws ReleaseToolException {
    try {
      return signed.whole("version");
    } catch (JsonException e) {
      throw new ReleaseToolException("metadata without a version", e);
    }
  }

  private String text(String name) throws ReleaseToolException {
    try {
      return signed.text(name);
    } catch (JsonException e) {
      throw new ReleaseToolException("metadata without " + name, e);
    }
  }

  /** How many keys of a role, as a root gives it, have signed this validly. */
  Count count(JsonObject root, String role) throws ReleaseToolException {
    try {
      JsonObject roles = root.object("roles").object(role);
      byte[] message = CanonicalJson.encode(signed);
      int valid = 0;
      for (String id : new LinkedHashSet<>(roles.texts("keyids"))) {
        if (signatures.containsKey(id) && valid(root.object("keys").object(id), id, message)) {
          valid++;
        }
      }
      return new Count(valid, (int) roles.whole("threshold"));
    } catch (JsonException e) {
      throw new ReleaseToolException("a root that is none: " + e.getMessage(), e);
    }
  }

  private boolean valid(JsonObject key, String id, byte[] message) throws JsonException {
    try {
      Bytes raw = Bytes.of(HexFormat.of().parseHex(key.object("keyval").text("public")));
      byte[] signature = HexFormat.of().parseHex(signatures.get(id));
      return new PublicKeys().verify(key.text("scheme"), raw, message, signature);
    } catch (BadSignatureException | IllegalArgumentException e) {
      // No signature of that key's: it does not count.
      return false;
    }
  }

  /** Valid signatures, and how many a role needs. */
  public record Count(int valid, int threshold) {
    /** Whether they are enough. */
    public boolean enough() {
      return valid >= threshold;
    }
  }
}
