package tv.hearth.support.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Files that a newer release wrote and this one can't read, where it must write one of its own in
 * their place: they wait beside it as {@code NAME.newer}, one copy, and are taken back where
 * nothing was written in their place. For one writer of a file at a time.
 */
public final class Aside {
  /** The end of the name of what waits for a newer release. */
  public static final String NEWER = ".newer";

  private static final System.Logger LOG = System.getLogger(Aside.class.getName());

  private Aside() {}

  /** Where it waits. */
  public static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + NEWER);
  }

  /** Before a file is read: what waits for a newer release may be this one's. */
  public static void takeBack(Path file) throws IOException {
    if (!Files.exists(file) && Files.exists(of(file))) {
      Files.move(of(file), file, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.syncFolder(file.toAbsolutePath().getParent());
    }
  }

  /** Sets a file aside, in place of what waits there; no effect where there is none. */
  public static void put(Path file, String why) throws IOException {
    if (Files.exists(file)) {
      Files.move(
          file, of(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      DurableFiles.syncFolder(file.toAbsolutePath().getParent());
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} can''t be read by this release and waits for a newer one as {1}: {2}",
          file,
          of(file).getFileName(),
          why);
    }
  }
}
