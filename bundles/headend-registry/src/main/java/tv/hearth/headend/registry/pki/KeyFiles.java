package tv.hearth.headend.registry.pki;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import tv.hearth.support.io.DurableFiles;

/** Keys and certificates as PEM files, durable and for their owner alone. */
public final class KeyFiles {
  private static final String KEY = "PRIVATE KEY";
  private static final int MOST = 1 << 20;

  private KeyFiles() {}

  /** Writes a private key (PKCS#8). */
  public static void write(Path file, PrivateKey key) throws IOException {
    writeText(file, Pem.encode(KEY, key.getEncoded()));
  }

  /** Writes a chain, leaf first. */
  public static void write(Path file, List<X509Certificate> chain) throws IOException {
    try {
      writeText(file, Certificates.toPem(chain));
    } catch (GeneralSecurityException e) {
      throw new IOException("can't encode the certificates of " + file, e);
    }
  }

  /** Writes text. */
  public static void writeText(Path file, String text) throws IOException {
    DurableFiles.write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads a private key. */
  public static PrivateKey key(Path file) throws IOException {
    try {
      List<byte[]> found = Pem.decode(KEY, readText(file));
      if (found.size() != 1) {
        throw new IOException(file + " must hold one PKCS#8 private key, it holds " + found.size());
      }
      return Ed25519Keys.privateKey(found.get(0));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds no Ed25519 private key in PKCS#8; restore it", e);
    }
  }

  /** Reads a chain of at least one certificate. */
  public static List<X509Certificate> chain(Path file) throws IOException {
    try {
      List<X509Certificate> chain = Certificates.fromPem(readText(file));
      if (chain.isEmpty()) {
        throw new IOException(file + " holds no certificate; restore it");
      }
      return chain;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(file + " holds a damaged certificate; restore it", e);
    }
  }

  /** Reads an authority from its certificate and key files. */
  public static Authority authority(Path certificate, Path key) throws IOException {
    try {
      return new Authority(chain(certificate).get(0), key(key));
    } catch (GeneralSecurityException e) {
      throw new IOException(certificate + " and " + key + ": " + e.getMessage(), e);
    }
  }

  /** Reads a text of at most 1 MiB. */
  public static String readText(Path file) throws IOException {
    if (Files.size(file) > MOST) {
      throw new IOException(file + " is larger than " + MOST + " bytes");
    }
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
