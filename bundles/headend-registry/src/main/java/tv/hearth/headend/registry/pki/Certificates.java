package tv.hearth.headend.registry.pki;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** X.509 certificates as the Java platform has them. */
public final class Certificates {
  private static final String LABEL = "CERTIFICATE";
  private static final int URI = 6;

  private Certificates() {}

  /** From DER. */
  public static X509Certificate parse(byte[] der) throws CertificateException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
  }

  /** All certificates of a PEM text, in order. */
  public static List<X509Certificate> fromPem(String text) throws CertificateException {
    List<X509Certificate> found = new ArrayList<>();
    for (byte[] der : Pem.decode(LABEL, text)) {
      found.add(parse(der));
    }
    return found;
  }

  /** A chain as PEM text. */
  public static String toPem(List<X509Certificate> chain) throws GeneralSecurityException {
    StringBuilder text = new StringBuilder();
    for (X509Certificate certificate : chain) {
      text.append(Pem.encode(LABEL, certificate.getEncoded()));
    }
    return text.toString();
  }

  /** The subject's alternative names of type URI; empty where there are none or they are broken. */
  public static List<String> uris(X509Certificate certificate) {
    List<String> uris = new ArrayList<>();
    for (List<?> name : names(certificate)) {
      if (Integer.valueOf(URI).equals(name.get(0)) && name.get(1) instanceof String uri) {
        uris.add(uri);
      }
    }
    return uris;
  }

  private static Collection<List<?>> names(X509Certificate certificate) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }
}
