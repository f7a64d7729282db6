package tv.hearth.crypto.keys;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Takes rights from others that a secret's file or folder should never have had. */
final class OwnerOnly {
  private static final Logger LOG = System.getLogger(OwnerOnly.class.getName());
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private OwnerOnly() {}

  /** Repairs and warns; on file systems without POSIX rights, no effect. */
  static void ensure(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return;
    }
    Set<PosixFilePermission> present = Files.getPosixFilePermissions(path);
    Set<PosixFilePermission> kept = EnumSet.noneOf(PosixFilePermission.class);
    kept.addAll(present);
    if (kept.removeAll(OTHERS)) {
      Files.setPosixFilePermissions(path, kept);
      LOG.log(
          Level.WARNING,
          "{0} had the rights {1}: now its owner alone has any; find out who gave them",
          path,
          PosixFilePermissions.toString(present));
    }
  }
}
