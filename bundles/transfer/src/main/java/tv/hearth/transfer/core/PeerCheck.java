package tv.hearth.transfer.core;

import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/**
 * Who a TLS peer is, and whether it is a member now. The chain was checked by TLS; here come name,
 * use, validity, membership and the map's key.
 */
public final class PeerCheck {
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String RENEWAL = "1.3.6.1.4.1.99999.1.1";

  private PeerCheck() {}

  /** A peer as its certificate names it. */
  public record Peer(BoxId box, Bytes key, X509Certificate leaf) {}

  /** Names the peer. Throws NOT_MEMBER for a certificate that is not a box's operational one. */
  public static Peer identify(X509Certificate leaf, SignatureVerifier verifier) throws Refusal {
    try {
      List<String> uses = leaf.getExtendedKeyUsage();
      if (uses == null || !uses.contains(SERVER) || !uses.contains(CLIENT)) {
        throw refused("the certificate is not for TLS in both roles");
      }
      if (uses.contains(RENEWAL)) {
        throw refused("a renewal certificate is good for the enrolment listener alone: enrol");
      }
      BoxId box = verifier.boxOf(leaf);
      return new Peer(box, Bytes.of(leaf.getPublicKey().getEncoded()), leaf);
    } catch (CertificateParsingException | BadSignatureException e) {
      throw refused("the certificate names no box: " + e.getMessage());
    }
  }

  /** Throws NOT_MEMBER unless the peer is a member with the map's key and a valid certificate. */
  public static void member(Peer peer, BoxMap map, Instant now) throws Refusal {
    MapBox box = listed(peer.box(), map);
    if (!box.signingKey().equals(peer.key())) {
      throw refused(peer.box() + " shows another key than the map has for it");
    }
    try {
      peer.leaf().checkValidity(Date.from(now));
    } catch (CertificateException e) {
      throw refused("the certificate of " + peer.box() + " is out of date: renew it");
    }
  }

  /** Throws NOT_MEMBER for a box that the map does not have, or has as removed. */
  public static MapBox listed(BoxId id, BoxMap map) throws Refusal {
    MapBox box = map.box(id).orElseThrow(() -> refused(id + " is not in the map"));
    if (!box.isMember()) {
      throw refused(id + " was removed from the neighbourhood");
    }
    return box;
  }

  private static Refusal refused(String message) {
    return new Refusal(Problem.NOT_MEMBER, message);
  }
}
