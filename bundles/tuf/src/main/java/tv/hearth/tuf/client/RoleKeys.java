package tv.hearth.tuf.client;

import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.tuf.client.TufException.Problem;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;

/** Who may sign for a role, and how many of them must. */
record RoleKeys(JsonObject keys, Set<String> keyIds, long threshold) {
  private static final Map<String, Set<String>> TYPES =
      Map.of(
          "ed25519", Set.of("ed25519"),
          "ecdsa-sha2-nistp256", Set.of("ecdsa", "ecdsa-sha2-nistp256"),
          "rsassa-pss-sha256", Set.of("rsa"),
          "rsa-pkcs1v15-sha256", Set.of("rsa"),
          "hearth-ed25519-ml-dsa-65", Set.of("hearth-ed25519-ml-dsa-65"));

  static RoleKeys of(JsonObject keys, JsonObject role) throws JsonException {
    List<String> ids = role.texts("keyids");
    long threshold = role.whole("threshold");
    if (threshold < 1) {
      throw new JsonException("a threshold below 1");
    }
    return new RoleKeys(keys, Set.copyOf(ids), threshold);
  }

  void check(Signed file, PublicKeyVerifier verifier) throws TufException {
    byte[] message = CanonicalJson.encode(file.body());
    // By the key itself: one that is listed under two ids is still one signer.
    Set<String> signers = new HashSet<>();
    for (Signed.Signature signature : file.signatures()) {
      if (keyIds.contains(signature.keyId())) {
        String signer = signer(signature, message, verifier);
        if (!signer.isEmpty()) {
          signers.add(signer);
        }
      }
    }
    if (signers.size() < threshold) {
      String count = signers.size() + " of " + threshold;
      throw new TufException(Problem.SIGNATURE, file.name() + " has " + count + " signatures");
    }
  }

  /** The key that signed; empty where none that counts did. */
  private String signer(Signed.Signature signature, byte[] message, PublicKeyVerifier verifier) {
    try {
      JsonObject key = keys.object(signature.keyId());
      String scheme = key.text("scheme");
      if (!TYPES.getOrDefault(scheme, Set.of()).contains(key.text("keytype"))) {
        return "";
      }
      byte[] raw = raw(key.object("keyval").text("public"));
      boolean valid = verifier.verify(scheme, Bytes.of(raw), message, signature.bytes());
      return valid ? HexFormat.of().formatHex(raw) : "";
    } catch (JsonException | IllegalArgumentException | BadSignatureException e) {
      // A key of a kind that is not known here signs nothing, as the specification has it.
      return "";
    }
  }

  private static byte[] raw(String text) {
    if (!text.startsWith("-----BEGIN PUBLIC KEY-----")) {
      return HexFormat.of().parseHex(text);
    }
    return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
  }
}
