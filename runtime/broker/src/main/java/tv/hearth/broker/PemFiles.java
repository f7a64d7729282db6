package tv.hearth.broker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Certificates and keys out of PEM files. */
final class PemFiles {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final List<String> ALGORITHMS = List.of("Ed25519", "EC", "RSA");
  private static final long MOST_BYTES = 1 << 20;

  private PemFiles() {}

  /** All certificates of a file, in its order; at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    check(file);
    List<X509Certificate> all = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .forEach(each -> all.add((X509Certificate) each));
    } catch (CertificateException e) {
      throw new IOException(file + " holds no readable certificate (PEM)", e);
    }
    if (all.isEmpty()) {
      throw new IOException(file + " holds no certificate (PEM)");
    }
    return all;
  }

  /** The private key (PKCS#8: Ed25519, EC or RSA) of a file. */
  static PrivateKey key(Path file) throws IOException {
    check(file);
    String text = Files.readString(file);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new IOException(file + " holds no unencrypted PKCS#8 private key (" + BEGIN + ")");
    }
    try {
      return key(Base64.getMimeDecoder().decode(text.substring(begin + BEGIN.length(), end)));
    } catch (IllegalArgumentException | GeneralSecurityException e) {
      throw new IOException(file + " holds no readable private key of " + ALGORITHMS, e);
    }
  }

  private static PrivateKey key(byte[] der) throws GeneralSecurityException {
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        continue; // a key of another algorithm: the next one is tried
      }
    }
    throw new NoSuchAlgorithmException("the key is none of " + ALGORITHMS);
  }

  private static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file);
    }
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + " is larger than " + MOST_BYTES + " bytes: no PEM file of ours");
    }
  }
}
