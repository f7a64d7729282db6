package tv.hearth.headend.registry.enrol;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.Certificates;

/**
 * Who speaks, by a client certificate whose chain TLS has checked: it comes from our operational or
 * our renewal authority.
 */
public record Peer(X509Certificate leaf) {
  private static final String BOX = "urn:hearth:box:";

  /** The box that it names. */
  Optional<BoxId> box() {
    List<String> uris = Certificates.uris(leaf);
    if (uris.size() != 1 || !uris.get(0).startsWith(BOX)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BoxId(uris.get(0).substring(BOX.length())));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** SubjectPublicKeyInfo of its key. */
  Bytes key() {
    return Bytes.of(leaf.getPublicKey().getEncoded());
  }

  /** True for the operator's own certificate, issued by {@code operational} for that place. */
  public boolean isOperator(X509Certificate operational, String neighbourhood) {
    boolean issuer = leaf.getIssuerX500Principal().equals(operational.getSubjectX500Principal());
    boolean name = leaf.getSubjectX500Principal().getName().equals("CN=" + OperatorKeys.OPERATOR);
    boolean uri = Certificates.uris(leaf).equals(List.of("urn:hearth:operator:" + neighbourhood));
    return issuer && name && uri;
  }
}
