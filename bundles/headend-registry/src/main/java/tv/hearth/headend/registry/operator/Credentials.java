package tv.hearth.headend.registry.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import tv.hearth.headend.registry.pki.Authority;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.RecordException;

/**
 * What the headend holds, read and checked: all of it belongs to one operator. Immutable.
 *
 * @param signedDelegation as the root signed it; not to be changed
 */
public record Credentials(
    String neighbourhood,
    X509Certificate anchor,
    Authority operational,
    Authority renewal,
    PrivateKey mapKey,
    byte[] signedDelegation,
    DelegationRecord delegation,
    Path claims,
    Path recoveryMap) {

  /** Reads a folder that {@link OperatorKeys} made. */
  public static Credentials read(Path dir) throws IOException {
    CredentialFiles files = new CredentialFiles(dir);
    if (!Files.isDirectory(dir) || !Files.exists(files.neighbourhood())) {
      throw new IOException(
          dir + " is no headend credentials folder: make one with the operator's tool");
    }
    X509Certificate anchor = KeyFiles.chain(files.anchor()).get(0);
    byte[] signed = Files.readAllBytes(files.delegation());
    try {
      Credentials credentials =
          new Credentials(
              KeyFiles.readText(files.neighbourhood()).strip(),
              anchor,
              KeyFiles.authority(files.operationalCertificate(), files.operationalKey()),
              KeyFiles.authority(files.renewalCertificate(), files.renewalKey()),
              KeyFiles.key(files.mapKey()),
              signed,
              Delegations.verify(signed, anchor.getPublicKey()),
              files.claims(),
              files.recoveryMap());
      credentials.check();
      return credentials;
    } catch (RecordException | GeneralSecurityException e) {
      throw new IOException(dir + ": " + e.getMessage() + "; restore it", e);
    }
  }

  private void check() throws GeneralSecurityException {
    operational.certificate().verify(anchor.getPublicKey());
    renewal.certificate().verify(anchor.getPublicKey());
    byte[] probe = Arrays.copyOf(signedDelegation, 64);
    byte[] signature = Ed25519Keys.sign(mapKey, probe);
    byte[] named = delegation.mapKey().toArray();
    if (!Ed25519Keys.verify(Ed25519Keys.publicKey(named), probe, signature)) {
      throw new GeneralSecurityException("map.key is not the key that the delegation names");
    }
  }
}
