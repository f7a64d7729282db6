package tv.hearth.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * The broker's key store and the store of authorities it trusts, written for each start.
 *
 * <p>Only the client authorities are trusted, not the anchor itself: the renewal CA is signed by
 * the anchor too, and what it issues is good at the enrolment listener alone.
 */
final class BrokerStores {
  private final BrokerSettings settings;
  private final char[] password;

  BrokerStores(BrokerSettings settings, char[] password) {
    this.settings = settings;
    this.password = password.clone();
  }

  void writeKeyStore(Path file) throws IOException {
    List<X509Certificate> chain = new ArrayList<>(PemFiles.certificates(settings.certificate()));
    for (Path more : settings.chain()) {
      chain.addAll(PemFiles.certificates(more));
    }
    try {
      KeyStore store = empty();
      X509Certificate[] all = chain.stream().distinct().toArray(X509Certificate[]::new);
      store.setKeyEntry("broker", PemFiles.key(settings.key()), password, all);
      write(store, file);
    } catch (GeneralSecurityException e) {
      throw new IOException(settings.key() + " and " + settings.certificate() + " don't fit", e);
    }
  }

  void writeTrustStore(Path file) throws IOException {
    List<X509Certificate> anchors = PemFiles.certificates(settings.anchor());
    try {
      KeyStore store = empty();
      for (Path each : settings.clients()) {
        for (X509Certificate authority : PemFiles.certificates(each)) {
          checkSigned(each, authority, anchors);
          store.setCertificateEntry("clients-" + store.size(), authority);
        }
      }
      write(store, file);
    } catch (GeneralSecurityException e) {
      throw new IOException("can't make the list of client authorities", e);
    }
  }

  private void checkSigned(Path file, X509Certificate authority, List<X509Certificate> anchors)
      throws IOException {
    if (anchors.stream().noneMatch(anchor -> signed(authority, anchor))) {
      throw new IOException(
          file
              + " is not signed by "
              + settings.anchor()
              + ": take both from one operator's folder");
    }
  }

  private static boolean signed(X509Certificate authority, X509Certificate anchor) {
    try {
      authority.verify(anchor.getPublicKey());
      return authority.getIssuerX500Principal().equals(anchor.getSubjectX500Principal());
    } catch (GeneralSecurityException e) {
      return false; // signed by somebody else
    }
  }

  private KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, password);
    return store;
  }

  private void write(KeyStore store, Path file) throws GeneralSecurityException, IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (OutputStream out = Files.newOutputStream(file)) {
      store.store(out, password);
    }
  }
}
