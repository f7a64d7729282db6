package tv.hearth.launcher.command.release;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;
import tv.hearth.release.KeyFile;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.SigningKey;

/** Where a key's passphrase comes from: a file, or whoever sits there. */
final class Passphrase {
  @Option(
      names = "--passphrase-file",
      paramLabel = "F",
      description = "The passphrase is this file's first line; without it, it is asked for")
  private Path file;

  /** For a new key: from the file, or asked for twice; empty for none. */
  char[] create(boolean without) throws IOException {
    if (without) {
      return new char[0];
    }
    if (file != null) {
      return read();
    }
    Console console = console();
    char[] first = console.readPassword("Passphrase for the new key: ");
    char[] second = console.readPassword("Once more: ");
    if (first == null || !java.util.Arrays.equals(first, second)) {
      throw new LauncherException("the two passphrases differ");
    }
    return first;
  }

  /** Opens a key, asking where it is sealed. */
  SigningKey open(Path key) throws IOException, ReleaseToolException {
    if (!KeyFile.sealed(key)) {
      return KeyFile.read(key, new char[0]);
    }
    char[] phrase = file != null ? read() : console().readPassword("Passphrase of %s: ", key);
    return KeyFile.read(key, phrase == null ? new char[0] : phrase);
  }

  private char[] read() throws IOException {
    String first = Files.readString(file).lines().findFirst().orElse("");
    if (first.isEmpty()) {
      throw new LauncherException(file + " has no passphrase in its first line");
    }
    return first.toCharArray();
  }

  private static Console console() {
    Console console = System.console();
    if (console == null) {
      throw new LauncherException("no terminal to ask for a passphrase: give --passphrase-file");
    }
    return console;
  }
}
