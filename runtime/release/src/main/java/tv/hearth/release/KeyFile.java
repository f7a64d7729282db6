package tv.hearth.release;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import tv.hearth.release.SigningKey.Scheme;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;

/**
 * Secret keys in files that their owner alone may read; with a passphrase sealed by AES-256-GCM
 * under scrypt (RFC 7914: N 2^15, r 8, p 1). The public key stands beside it in {@code NAME.pub}.
 */
public final class KeyFile {
  private static final int COST = 1 << 15;
  private static final int LARGEST = 65_536;

  private KeyFile() {}

  /**
   * Writes {@code path} and {@code path}.pub; neither may be there yet.
   *
   * @param passphrase empty for none
   */
  public static void write(Path path, SigningKey key, char[] passphrase, SecureRandom random)
      throws IOException, ReleaseToolException {
    JsonObject secret = Json.object("format", 1, "scheme", key.scheme().tuf());
    if (passphrase.length == 0) {
      secret = Json.with(secret, "seeds", Json.value(hex(key.seeds())));
    } else {
      byte[] salt = new byte[16];
      byte[] nonce = new byte[12];
      random.nextBytes(salt);
      random.nextBytes(nonce);
      byte[] sealed = crypt(Cipher.ENCRYPT_MODE, passphrase, salt, nonce, key.seeds());
      secret =
          Json.with(
              secret,
              "sealed",
              Json.object("salt", hex(salt), "nonce", hex(nonce), "bytes", hex(sealed)));
    }
    if (path.toAbsolutePath().getParent() != null) {
      Files.createDirectories(path.toAbsolutePath().getParent());
    }
    create(path, Json.write(secret), "rw-------");
    create(publicPath(path), Json.write(key.publicKey()), "rw-r--r--");
  }

  /** Where the public key of that key file stands. */
  public static Path publicPath(Path path) {
    return path.resolveSibling(path.getFileName() + ".pub");
  }

  /** Whether the key needs a passphrase. */
  public static boolean sealed(Path path) throws IOException, ReleaseToolException {
    return parse(path).find("sealed").isPresent();
  }

  /**
   * Reads a secret key.
   *
   * @param passphrase not looked at where the key is not sealed
   */
  public static SigningKey read(Path path, char[] passphrase)
      throws IOException, ReleaseToolException {
    JsonObject file = parse(path);
    try {
      if (file.whole("format") != 1) {
        throw new ReleaseToolException(path + " is a key file of a later format");
      }
      Scheme scheme = Scheme.of(file.text("scheme"));
      if (file.find("sealed").isEmpty()) {
        return new SigningKey(scheme, HexFormat.of().parseHex(file.text("seeds")));
      }
      JsonObject sealed = file.object("sealed");
      byte[] salt = HexFormat.of().parseHex(sealed.text("salt"));
      byte[] nonce = HexFormat.of().parseHex(sealed.text("nonce"));
      byte[] bytes = HexFormat.of().parseHex(sealed.text("bytes"));
      return new SigningKey(scheme, crypt(Cipher.DECRYPT_MODE, passphrase, salt, nonce, bytes));
    } catch (JsonException | IllegalArgumentException e) {
      throw new ReleaseToolException(path + " is no key file", e);
    }
  }

  /** Reads a public key, as {@link #write} left it. */
  public static JsonObject readPublic(Path path) throws IOException, ReleaseToolException {
    JsonObject key = parse(path);
    try {
      Scheme.of(key.text("scheme"));
      key.object("keyval").text("public");
      return key;
    } catch (JsonException e) {
      throw new ReleaseToolException(path + " is no public key: give the .pub file", e);
    }
  }

  private static JsonObject parse(Path path) throws IOException, ReleaseToolException {
    if (Files.size(path) > LARGEST) {
      throw new ReleaseToolException(path + " is no key file: too long");
    }
    try {
      return JsonParser.object(Files.readAllBytes(path));
    } catch (JsonException e) {
      throw new ReleaseToolException(path + " is no key file", e);
    }
  }

  private static byte[] crypt(int mode, char[] passphrase, byte[] salt, byte[] nonce, byte[] bytes)
      throws ReleaseToolException {
    byte[] phrase = new String(passphrase).getBytes(StandardCharsets.UTF_8);
    try {
      byte[] key = SCrypt.generate(phrase, salt, COST, 8, 1, 32);
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
      return cipher.doFinal(bytes);
    } catch (AEADBadTagException e) {
      throw new ReleaseToolException("wrong passphrase, or a damaged key file", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM", e);
    }
  }

  private static void create(Path path, byte[] bytes, String rights)
      throws IOException, ReleaseToolException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] attributes =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
            }
            : new FileAttribute<?>[0];
    var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel out = FileChannel.open(path, options, attributes)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    } catch (FileAlreadyExistsException e) {
      throw new ReleaseToolException(path + " is there already; a key is never overwritten", e);
    }
    DurableFiles.syncFolder(path.toAbsolutePath().getParent());
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
