package tv.hearth.crypto.keys;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.IdentityException.Problem;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.io.DurableFiles;

/**
 * The one file of secrets, {@code keys} in a folder: owner-only, wholly old or wholly new after a
 * power cut, wrapped where the platform has a secret. Not thread-safe: {@link Keys} owns it.
 */
public final class KeyFile {
  /** The file's name. */
  public static final String NAME = "keys";

  private static final int MAX = 65_536;
  private final Path file;
  private final Optional<byte[]> platformSecret;
  private final SecureRandom random;
  private KeptFields kept = KeptFields.NONE;

  /**
   * Touches nothing yet.
   *
   * @param platformSecret 16 bytes or more that only this device has; empty where there are none
   */
  public KeyFile(Path folder, Optional<byte[]> platformSecret, SecureRandom random) {
    this.file = folder.resolve(NAME);
    this.platformSecret = platformSecret.map(byte[]::clone);
    this.random = random;
  }

  /**
   * What the file holds; empty only where there is none. A file from before the platform had its
   * secret is wrapped at once.
   */
  public Optional<KeyMaterial> read() throws IdentityException {
    Optional<byte[]> content = content();
    if (content.isEmpty()) {
      return Optional.empty();
    }
    KeyFileFormat.Decoded decoded =
        KeyFileFormat.decode(content.get(), platformSecret, file.toString());
    kept = decoded.kept();
    if (platformSecret.isPresent() && !decoded.wrapped()) {
      write(decoded.keys());
    }
    return Optional.of(decoded.keys());
  }

  /** Replaces the file; durable when it returns, the old one left alone where it throws. */
  public void write(KeyMaterial keys) throws IdentityException {
    byte[] content = KeyFileFormat.encode(keys, kept, platformSecret, random);
    try {
      DurableFiles.createFolder(file.toAbsolutePath().getParent());
      DurableFiles.write(file, content);
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "can't write " + file + ": make its folder writable and leave it some room (" + e + ")",
          e);
    }
  }

  private Optional<byte[]> content() throws IdentityException {
    try (InputStream in = Files.newInputStream(file)) {
      OwnerOnly.ensure(file.toAbsolutePath().getParent());
      OwnerOnly.ensure(file);
      byte[] content = in.readNBytes(MAX + 1);
      if (content.length > MAX) {
        throw new IdentityException(Problem.KEY_FILE, file + " is too long to be a key file");
      }
      return Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new IdentityException(
          Problem.KEY_FILE,
          "can't read " + file + ": check its rights and the disk (" + e + ")",
          e);
    }
  }
}
