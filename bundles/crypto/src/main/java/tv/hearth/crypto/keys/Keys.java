package tv.hearth.crypto.keys;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;

/** The node's keys now; a change is on disk before anybody sees it. Thread-safe. */
public final class Keys {
  private final KeyFile file;
  private volatile KeySet current;

  private Keys(KeyFile file, KeySet current) {
    this.file = file;
    this.current = current;
  }

  /**
   * Reads the key file; makes keys where there is none.
   *
   * @param known true where other state shows that this node has had keys: then a missing file is
   *     an error, never a new identity
   */
  public static Keys open(KeyFile file, boolean known, SecureRandom random)
      throws IdentityException {
    Optional<KeyMaterial> found = file.read();
    if (found.isEmpty() && known) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "the key file is gone while this node's certificates are there: restore it from a copy,"
              + " or wipe the folder to become a new box");
    }
    if (found.isPresent()) {
      return new Keys(file, new KeySet(found.get()));
    }
    KeyMaterial created = KeyMaterial.create(random);
    file.write(created);
    return new Keys(file, new KeySet(created));
  }

  /** The keys now. */
  public KeySet current() {
    return current;
  }

  /** Changes the material; without effect, on disk too, where it throws or nothing changes. */
  public synchronized KeySet update(UnaryOperator<KeyMaterial> change) throws IdentityException {
    KeyMaterial next = change.apply(current.material());
    if (!next.equals(current.material())) {
      KeySet derived = new KeySet(next);
      file.write(next);
      current = derived;
    }
    return current;
  }
}
