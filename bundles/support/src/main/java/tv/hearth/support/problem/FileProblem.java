package tv.hearth.support.problem;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;

/** What went wrong with a file, in words: Java's exceptions say nothing but its path. */
public final class FileProblem {
  private FileProblem() {}

  /** The path and the reason; of other exceptions their message, or what kind they are. */
  public static String words(IOException problem) {
    if (problem instanceof FileSystemException) {
      FileSystemException of = (FileSystemException) problem;
      return of.getFile() == null ? reason(of) : of.getFile() + ": " + reason(of);
    }
    String message = problem.getMessage();
    if (problem instanceof UnknownHostException && message != null && !message.contains(" ")) {
      return "no such host: " + message;
    }
    return message == null || message.isBlank() ? plain(problem) : message;
  }

  /** As above, of whatever ended a connection. */
  public static String words(Throwable problem) {
    if (problem instanceof IOException) {
      return words((IOException) problem);
    }
    String message = problem.getMessage();
    return message == null || message.isBlank() ? "no reason is given" : message;
  }

  /** As above, of the exception that was wrapped. */
  public static String words(UncheckedIOException problem) {
    return words(problem.getCause());
  }

  private static String reason(FileSystemException problem) {
    if (problem instanceof NoSuchFileException) {
      return "no such file or folder";
    } else if (problem instanceof AccessDeniedException) {
      return "permission denied";
    } else if (problem instanceof FileAlreadyExistsException) {
      return "is there already";
    } else if (problem instanceof NotDirectoryException) {
      return "is no folder";
    } else if (problem instanceof DirectoryNotEmptyException) {
      return "is a folder with something in it";
    } else if (problem instanceof FileSystemLoopException) {
      return "a link that leads back to itself";
    }
    String reason = problem.getReason();
    return reason == null ? "can't be used" : lower(reason);
  }

  /** Those that come without a word; {@code java.net.SocketTimeoutException} as its name says. */
  private static String plain(IOException problem) {
    if (problem instanceof ConnectException) {
      return "no connection could be made";
    } else if (problem instanceof ClosedChannelException) {
      return "the connection was closed";
    } else if (problem instanceof EOFException) {
      return "it ended too early";
    }
    String name = problem.getClass().getSimpleName().replaceFirst("Exception$", "");
    String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return words.isEmpty() || words.equals("io") ? "no reason is given" : words;
  }

  /** As the middle of a sentence; the system's own sentences begin with a capital. */
  private static String lower(String reason) {
    return reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
