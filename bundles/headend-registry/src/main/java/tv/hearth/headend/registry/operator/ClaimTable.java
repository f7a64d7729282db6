package tv.hearth.headend.registry.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.support.text.Base32;

/**
 * The claim codes that the headend accepts: a text file with a header line, then {@code CODE KIND}
 * a line, or {@code CODE KIND CLAIM-ID} in place of the box that used that claim ({@code -}: of
 * none). Lines of a kind that is not known, and further words, are a newer release's: they admit
 * nobody here, and stay. Immutable.
 */
public final class ClaimTable {
  private static final String HEADER = "hearth-claims 1";
  private static final int BYTES = 20;
  private static final int KNOWN_WORDS = 3;
  private static final String NONE = "-";
  private final Map<String, Claim> byId;
  private final Map<String, String> more;
  private final List<String> unknown;

  /**
   * A table.
   *
   * @param more further words of a claim's line, by its id
   * @param unknown lines that are not understood
   */
  private ClaimTable(Map<String, Claim> byId, Map<String, String> more, List<String> unknown) {
    this.byId = byId;
    this.more = more;
    this.unknown = unknown;
  }

  /** Reads the file; none there: an empty table. */
  public static ClaimTable read(Path file) throws IOException {
    Map<String, Claim> claims = new LinkedHashMap<>();
    Map<String, String> more = new LinkedHashMap<>();
    List<String> unknown = new ArrayList<>();
    if (Files.exists(file)) {
      String[] lines = KeyFiles.readText(file).split("\n");
      if (!lines[0].equals(HEADER)) {
        throw new IOException(
            file + " is not of the form '" + HEADER + "': restore it, or run what wrote it");
      }
      for (int i = 1; i < lines.length; i++) {
        String[] words = lines[i].split(" ", KNOWN_WORDS + 1);
        Optional<Claim> claim = parse(file, words);
        claim.ifPresent(known -> claims.put(known.id(), known));
        if (claim.isEmpty()) {
          unknown.add(lines[i]);
        } else if (words.length > KNOWN_WORDS) {
          more.put(claim.get().id(), words[KNOWN_WORDS]);
        }
      }
    }
    return new ClaimTable(claims, more, unknown);
  }

  /** Empty where the kind is not known. */
  private static Optional<Claim> parse(Path file, String[] words) throws IOException {
    if (words.length < 2) {
      throw new IOException(file + " has a line that is not 'CODE KIND': restore it");
    }
    String replaces = words.length == 2 || words[2].equals(NONE) ? "" : words[2];
    return Stream.of(ClaimKind.values())
        .filter(kind -> name(kind).equals(words[1].toLowerCase(Locale.ROOT)))
        .findFirst()
        .map(kind -> new Claim(words[0], kind, replaces));
  }

  private static String name(ClaimKind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** A new random code that is in no table yet. */
  static Claim draw(ClaimKind kind, String replaces, SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Claim(Base32.encode(bytes), kind, replaces);
  }

  /** This table and one more. */
  ClaimTable with(Claim claim) {
    Map<String, Claim> all = new LinkedHashMap<>(byId);
    all.put(claim.id(), claim);
    return new ClaimTable(all, more, unknown);
  }

  /** Makes it durable. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (Claim claim : byId.values()) {
      text.append(claim.code()).append(' ').append(name(claim.kind()));
      String tail = more.get(claim.id());
      if (!claim.replaces().isEmpty() || tail != null) {
        text.append(' ').append(claim.replaces().isEmpty() ? NONE : claim.replaces());
      }
      text.append(tail == null ? "" : " " + tail).append('\n');
    }
    unknown.forEach(line -> text.append(line).append('\n'));
    KeyFiles.writeText(file, text.toString());
  }

  /** The claim of that id. */
  public Optional<Claim> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The claims whose boxes give way to that claim's, the nearest first. */
  public List<Claim> replacedBy(Claim claim) {
    Map<String, Claim> before = new LinkedHashMap<>();
    Claim next = byId.get(claim.replaces());
    while (next != null && !next.id().equals(claim.id()) && before.put(next.id(), next) == null) {
      next = byId.get(next.replaces());
    }
    return List.copyOf(before.values());
  }

  /** True where another claim takes the place of that one. */
  public boolean isReplaced(String id) {
    return byId.values().stream().anyMatch(claim -> claim.replaces().equals(id));
  }

  /** How many there are. */
  public int size() {
    return byId.size();
  }
}
