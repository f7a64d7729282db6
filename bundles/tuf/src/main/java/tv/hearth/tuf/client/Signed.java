package tv.hearth.tuf.client;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import tv.hearth.tuf.client.TufException.Problem;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.json.JsonValue;

/** A metadata file, taken apart but not yet trusted. */
record Signed(
    String name, JsonObject body, List<Signature> signatures, long version, Instant expires) {
  /** Who signed, and how. */
  record Signature(String keyId, byte[] bytes) {}

  static Signed parse(String name, String type, byte[] bytes) throws TufException {
    try {
      JsonObject file = JsonParser.object(bytes);
      JsonObject body = file.object("signed");
      List<Signature> signatures = new ArrayList<>();
      Set<String> keyIds = new HashSet<>();
      for (JsonValue item : file.array("signatures")) {
        JsonObject one = JsonObject.as(JsonObject.class, "signatures", item);
        if (!keyIds.add(one.text("keyid"))) {
          // Section 4.2.1: a key id is unique among the signatures.
          throw new TufException(
              Problem.MALFORMED, name + " has two signatures of the key " + one.text("keyid"));
        }
        signatures.add(new Signature(one.text("keyid"), hex(one.text("sig"))));
      }
      if (!body.text("_type").equals(type) || !body.text("spec_version").startsWith("1.")) {
        throw new TufException(Problem.MALFORMED, name + " is no " + type + " of TUF 1");
      }
      long version = body.whole("version");
      if (version < 1) {
        throw new TufException(Problem.MALFORMED, name + " has no version");
      }
      Instant expires = Instant.parse(body.text("expires"));
      return new Signed(name, body, List.copyOf(signatures), version, expires);
    } catch (JsonException e) {
      Problem problem = e.endsEarly() ? Problem.CUT_SHORT : Problem.MALFORMED;
      throw new TufException(problem, name + ": " + e.getMessage());
    } catch (DateTimeException e) {
      throw new TufException(Problem.MALFORMED, name + ": " + e.getMessage());
    }
  }

  /**
   * Nothing where it is no hexadecimal: a signature that can't be valid, beside others that may.
   */
  private static byte[] hex(String text) {
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  void notExpired(Instant now) throws TufException {
    if (!now.isBefore(expires)) {
      throw new TufException(
          Problem.EXPIRED, name + " expired at " + expires + ", and the clock here says " + now);
    }
  }
}
