package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * Which of the registry's boxes has which place on this machine where the registry does not know
 * their claims: one that was filled anew from a map, which has none. A box's own certificate, in
 * its folder, says who it is.
 */
public final class OwnIds {
  private static final String NAME = "CN=";
  private static final int MOST = 4;
  private static final int MOST_BYTES = 16_384;

  private OwnIds() {}

  /** The registry's boxes, those without a claim with that of their place here. */
  public static JsonNode claimed(Hood hood, JsonNode boxes) throws IOException {
    boolean known = true;
    for (JsonNode box : boxes) {
      known &= !box.path("claim").asText().isEmpty();
    }
    return known ? boxes : claimed(boxes, claims(hood));
  }

  private static Map<String, String> claims(Hood hood) throws IOException {
    Map<String, String> claims = new HashMap<>();
    for (int number : IntStream.rangeClosed(0, hood.size()).toArray()) {
      Optional<String> id = of(hood.box(number).folder());
      if (id.isPresent()) {
        claims.put(id.get(), hood.claimOf(number));
      }
    }
    return claims;
  }

  private static JsonNode claimed(JsonNode boxes, Map<String, String> claims) {
    JsonNode named = boxes.deepCopy();
    for (JsonNode box : named) {
      String claim = claims.get(box.path("id").asText());
      if (claim != null && box.path("claim").asText().isEmpty()) {
        ((ObjectNode) box).put("claim", claim);
      }
    }
    return named;
  }

  /** The id of the box in that folder; empty where it has none yet, or it can't be read. */
  static Optional<String> of(Path node) {
    Path file = node.resolve("home/crypto/certificates");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      CborMap map = CborMap.parse(Files.readAllBytes(file), "hearth/certificates", 1);
      byte[] leaf = map.bytesList("operational", MOST, 1, MOST_BYTES).get(0);
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(leaf));
      String name = certificate.getSubjectX500Principal().getName();
      return name.startsWith(NAME) ? Optional.of(name.substring(NAME.length())) : Optional.empty();
    } catch (IOException | CborException | CertificateException e) {
      System.getLogger(OwnIds.class.getName())
          .log(System.Logger.Level.DEBUG, "no box id in " + file, e);
      return Optional.empty();
    }
  }
}
