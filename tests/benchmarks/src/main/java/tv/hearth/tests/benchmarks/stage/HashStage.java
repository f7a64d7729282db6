package tv.hearth.tests.benchmarks.stage;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** SHA-256 of units. */
final class HashStage implements Stage {
  private final MessageDigest digest;
  private final byte[] unit = new byte[Work.UNIT];

  HashStage() throws GeneralSecurityException {
    digest = MessageDigest.getInstance("SHA-256");
  }

  @Override
  public void run(long bytes) {
    for (long i = 0; i < bytes / Work.UNIT; i++) {
      byte[] hash = digest.digest(unit);
      unit[0] = hash[0];
    }
  }
}
