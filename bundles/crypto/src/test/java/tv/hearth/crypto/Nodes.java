package tv.hearth.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.tests.contracts.crypto.CryptoServices;

/** Opens nodes for the contract suites. */
final class Nodes {
  private Nodes() {}

  static CryptoServices open(
      Path folder, Path anchor, Optional<Path> claim, Optional<Path> contentKey, Clock clock)
      throws IdentityException {
    CryptoNode node =
        CryptoNode.open(
            new NodeSettings(folder, anchor, claim, contentKey, Optional.empty()),
            clock,
            new SecureRandom());
    return new CryptoServices(
        node.identity(), node.household(), node.keyring(), node.cipher(), node.verifier());
  }
}
