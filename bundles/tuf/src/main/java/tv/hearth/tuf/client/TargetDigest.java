package tv.hearth.tuf.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import tv.hearth.tuf.client.TufException.Problem;

/**
 * Checks a target's bytes as they come by, against the length and every hash that its metadata
 * gives. One use, one thread.
 */
public final class TargetDigest {
  private final TargetFile target;
  private final List<Map.Entry<MessageDigest, String>> digests = new ArrayList<>();
  private long count;

  /** For that target; HASH where it has none, or one of an algorithm that is not known here. */
  public TargetDigest(TargetFile target) throws TufException {
    this.target = target;
    for (var hash : target.hashes().entrySet()) {
      digests.add(Map.entry(digest(hash.getKey()), hash.getValue()));
    }
    if (digests.isEmpty()) {
      throw new TufException(Problem.HASH, "'" + target.name() + "' has no hash");
    }
  }

  /** The next bytes; LENGTH as soon as they are too many. */
  public void update(byte[] bytes, int from, int length) throws TufException {
    count += length;
    if (count > target.length()) {
      throw wrongLength(Problem.LENGTH, "more than");
    }
    digests.forEach(digest -> digest.getKey().update(bytes, from, length));
  }

  /** After the last byte; CUT_SHORT where some are missing, HASH where they are others. */
  public void finish() throws TufException {
    if (count != target.length()) {
      throw wrongLength(Problem.CUT_SHORT, count + " bytes instead of");
    }
    for (var digest : digests) {
      byte[] own = digest.getKey().digest();
      if (!HexFormat.of().formatHex(own).equals(digest.getValue())) {
        String algorithm = digest.getKey().getAlgorithm();
        throw new TufException(
            Problem.HASH, "'" + target.name() + "' has another " + algorithm + " than is signed");
      }
    }
  }

  private TufException wrongLength(Problem problem, String what) {
    return new TufException(
        problem, "'" + target.name() + "': " + what + " the " + target.length() + " signed");
  }

  static MessageDigest digest(String algorithm) throws TufException {
    try {
      return switch (algorithm) {
        case "sha256" -> MessageDigest.getInstance("SHA-256");
        case "sha512" -> MessageDigest.getInstance("SHA-512");
        default -> throw new TufException(Problem.HASH, "the hash is of no known algorithm");
      };
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(algorithm, e);
    }
  }
}
