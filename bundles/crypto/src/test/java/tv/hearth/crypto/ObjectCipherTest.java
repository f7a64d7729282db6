package tv.hearth.crypto;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.tests.contracts.crypto.CryptoServices;
import tv.hearth.tests.contracts.crypto.ObjectCipherContract;

final class ObjectCipherTest extends ObjectCipherContract {
  @Override
  protected CryptoServices open(
      Path folder, Path anchor, Optional<Path> claim, Optional<Path> contentKey, Clock clock)
      throws IdentityException {
    return Nodes.open(folder, anchor, claim, contentKey, clock);
  }
}
