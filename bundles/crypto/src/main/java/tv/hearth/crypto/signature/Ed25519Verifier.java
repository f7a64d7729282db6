package tv.hearth.crypto.signature;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Ed25519Keys;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;

/** COSE_Sign1 with EdDSA, and the box that a certificate names. Thread-safe. */
public class Ed25519Verifier implements SignatureVerifier {
  private static final int SAN_URI = 6;
  private static final String BOX = "urn:hearth:box:";
  private final LongAdder refused = new LongAdder();

  @Override
  public final byte[] verify(byte[] signed, String type, Bytes signingKey)
      throws BadSignatureException {
    try {
      return checked(signed, type, signingKey);
    } catch (BadSignatureException e) {
      refused.increment();
      throw e;
    }
  }

  @Override
  public final BoxId boxOf(X509Certificate leaf) throws BadSignatureException {
    List<String> boxes = uris(leaf).stream().filter(uri -> uri.startsWith(BOX)).toList();
    if (boxes.size() != 1) {
      throw new BadSignatureException(
          "the certificate of " + name(leaf) + " names " + boxes.size() + " boxes, not one");
    }
    try {
      return new BoxId(boxes.get(0).substring(BOX.length()));
    } catch (IllegalArgumentException e) {
      throw new BadSignatureException("the certificate of " + name(leaf) + ": not a box id", e);
    }
  }

  /** Records refused since the start. */
  public final long refused() {
    return refused.sum();
  }

  private static byte[] checked(byte[] signed, String type, Bytes signingKey)
      throws BadSignatureException {
    Sign1 record = parse(signed, type);
    if (!record.type().equals(type)) {
      throw new BadSignatureException(
          "a signed " + printable(record.type()) + " where a " + type + " was expected");
    }
    byte[] covered = Sign1.toBeSigned(type, record.payload());
    if (!Ed25519Keys.verify(signingKey, covered, record.signature())) {
      throw new BadSignatureException("the signature of a " + type + " is not by its signer");
    }
    return record.payload();
  }

  private static Sign1 parse(byte[] signed, String type) throws BadSignatureException {
    try {
      return Sign1.parse(signed);
    } catch (CborException e) {
      throw new BadSignatureException("not a signed " + type + ": " + e.getMessage(), e);
    }
  }

  private static List<String> uris(X509Certificate leaf) throws BadSignatureException {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      if (names == null) {
        return List.of();
      }
      return names.stream()
          .filter(name -> name.get(0).equals(SAN_URI))
          .map(name -> (String) name.get(1))
          .toList();
    } catch (CertificateParsingException e) {
      throw new BadSignatureException("the names of " + name(leaf) + " can't be read", e);
    }
  }

  private static String name(X509Certificate leaf) {
    return printable(leaf.getSubjectX500Principal().getName());
  }

  /** Names from outside go to logs without control characters, and not without end. */
  private static String printable(String text) {
    String safe = text.replaceAll("\\p{Cntrl}", "?");
    return safe.length() > 128 ? safe.substring(0, 128) + "…" : safe;
  }
}
