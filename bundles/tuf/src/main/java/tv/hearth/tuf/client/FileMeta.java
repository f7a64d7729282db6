package tv.hearth.tuf.client;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tv.hearth.tuf.client.TufException.Problem;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;

/**
 * What one metadata file promises of another; hashes may be empty.
 *
 * @param length exactly so many bytes; below 0 where nothing is promised
 * @param limit at most so many bytes
 */
record FileMeta(long version, long length, int limit, Map<String, String> hashes) {
  static FileMeta of(JsonObject json, int limit) throws JsonException {
    long length = json.find("length").isPresent() ? json.whole("length") : -1;
    if (json.find("length").isPresent() && length < 0) {
      throw new JsonException("a length below 0");
    }
    int most = length < 0 ? limit : (int) Math.min(length, limit);
    return new FileMeta(json.whole("version"), length, most, hashes(json));
  }

  static Map<String, String> hashes(JsonObject json) throws JsonException {
    Map<String, String> hashes = new LinkedHashMap<>();
    if (json.find("hashes").isPresent()) {
      for (var hash : json.object("hashes").members().entrySet()) {
        String hex = JsonObject.as(JsonValue.Text.class, "hashes", hash.getValue()).value();
        if (!hex.matches("(?:[0-9a-fA-F]{2})+")) {
          throw new JsonException("a hash that is not hexadecimal");
        }
        hashes.put(hash.getKey(), hex.toLowerCase(Locale.ROOT));
      }
    }
    return hashes;
  }

  /** Whether these are the bytes that are promised. */
  boolean fits(Optional<byte[]> bytes) {
    try {
      check("", bytes.orElse(new byte[0]));
      return true;
    } catch (TufException e) {
      return false;
    }
  }

  void check(String name, byte[] bytes) throws TufException {
    if (bytes.length < length) {
      throw new TufException(
          Problem.CUT_SHORT, name + " ends after " + bytes.length + " of " + length + " bytes");
    }
    if (bytes.length > limit || length >= 0 && bytes.length != length) {
      throw new TufException(Problem.LENGTH, name + " is " + bytes.length + " bytes long");
    }
    for (var hash : hashes.entrySet()) {
      byte[] own = TargetDigest.digest(hash.getKey()).digest(bytes);
      if (!HexFormat.of().formatHex(own).equals(hash.getValue())) {
        throw new TufException(Problem.HASH, name + " has another " + hash.getKey());
      }
    }
  }
}
