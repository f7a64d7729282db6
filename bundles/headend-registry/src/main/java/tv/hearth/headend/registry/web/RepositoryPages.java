package tv.hearth.headend.registry.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;

/**
 * The operator's repository of releases (The Update Framework), for nodes with a certificate of the
 * operator: what is published, beneath {@code /v1/repository/}, with single byte ranges (RFC 9110
 * §14). Nothing else of the folder, and nothing that a symbolic link leads out to, is served.
 * Thread-safe.
 */
public final class RepositoryPages implements PublishedFiles {
  /** Where its pages are. */
  public static final String PATH = "/v1/repository/";

  private static final Pattern NAME =
      Pattern.compile("(metadata|targets)(/[A-Za-z0-9_+-][A-Za-z0-9._+-]{0,199}){1,16}");
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,18})-([0-9]{1,18})?");

  private final Path folder;
  private final LongAdder sent = new LongAdder();

  /**
   * Over a folder.
   *
   * @param folder null: none is served
   */
  public RepositoryPages(Path folder) {
    this.folder = folder;
  }

  /** Bytes of files that went out. */
  public long sent() {
    return sent.sum();
  }

  void count(long bytes) {
    sent.add(bytes);
  }

  /** True where a folder is served. */
  public boolean isServed() {
    return folder != null;
  }

  @Override
  public Optional<byte[]> read(String name, int limit) throws IOException {
    if (folder == null || !NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    Path file;
    try {
      file = find(name);
    } catch (RefusedException e) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new IOException(file + " is longer than " + limit + " bytes");
      }
      return Optional.of(bytes);
    }
  }

  Response answer(Request request) throws RefusedException, IOException {
    boolean head = request.method().equals("HEAD");
    if (!head && !request.method().equals("GET")) {
      return Response.problem(405, "NOT_ALLOWED", "the repository is read by GET and HEAD");
    }
    if (request.peer().isEmpty()) {
      throw new RefusedException(
          Problem.NOT_ALLOWED, "the repository is for nodes with a certificate of the operator");
    }
    String name = request.path().substring(PATH.length());
    if (folder == null || !NAME.matcher(name).matches()) {
      throw none(name);
    }
    Path file = find(name);
    long total = Files.size(file);
    String type = name.endsWith(".json") ? "application/json" : "application/octet-stream";
    FilePart whole = new FilePart(file, 0, total, total);
    if (head || request.range().isEmpty()) {
      return Response.file(type, whole);
    }
    Matcher range = RANGE.matcher(request.range());
    if (!range.matches()) {
      return Response.file(type, whole); // as RFC 9110 has it for what a server does not support
    }
    long from = Long.parseLong(range.group(1));
    long last = range.group(2) == null ? total - 1 : Long.parseLong(range.group(2));
    if (from >= total || last < from) {
      return Response.problem(
          416, "RANGE", "it has " + total + " bytes: ask for a range that begins inside");
    }
    return Response.file(
        type, new FilePart(file, from, Math.min(last, total - 1) - from + 1, total));
  }

  private Path find(String name) throws IOException, RefusedException {
    try {
      Path real = folder.resolve(name).toRealPath();
      boolean isInside =
          real.startsWith(folder.resolve("metadata").toRealPath())
              || real.startsWith(folder.resolve("targets").toRealPath());
      if (!isInside || !Files.isRegularFile(real)) {
        throw none(name);
      }
      return real;
    } catch (NoSuchFileException e) {
      throw none(name);
    }
  }

  private static RefusedException none(String name) {
    return new RefusedException(Problem.NOT_FOUND, "the repository has no " + name);
  }
}
