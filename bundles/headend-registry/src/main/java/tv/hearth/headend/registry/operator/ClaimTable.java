package tv.hearth.headend.registry.operator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.support.text.Base32;

/**
 * The claim codes that the headend accepts: a text file with a header line, then {@code CODE KIND}
 * a line, or {@code CODE KIND CLAIM-ID} in place of the box that used that claim. Immutable.
 */
public final class ClaimTable {
  private static final String HEADER = "hearth-claims 1";
  private static final int BYTES = 20;
  private final Map<String, Claim> byId;

  private ClaimTable(Map<String, Claim> byId) {
    this.byId = byId;
  }

  /** Reads the file; none there: an empty table. */
  public static ClaimTable read(Path file) throws IOException {
    Map<String, Claim> claims = new LinkedHashMap<>();
    if (Files.exists(file)) {
      String[] lines = KeyFiles.readText(file).split("\n");
      if (!lines[0].equals(HEADER)) {
        throw new IOException(file + " is not of the form '" + HEADER + "': restore it");
      }
      for (int i = 1; i < lines.length; i++) {
        Claim claim = parse(file, lines[i]);
        claims.put(claim.id(), claim);
      }
    }
    return new ClaimTable(claims);
  }

  private static Claim parse(Path file, String line) throws IOException {
    String[] parts = line.split(" ");
    try {
      return new Claim(
          parts[0],
          ClaimKind.valueOf(parts[1].toUpperCase(Locale.ROOT)),
          parts.length > 2 ? parts[2] : "");
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new IOException(file + " has a line that is not 'CODE KIND': restore it", e);
    }
  }

  /** A new random code that is in no table yet. */
  static Claim draw(ClaimKind kind, String replaces, SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new Claim(Base32.encode(bytes), kind, replaces);
  }

  /** This table and one more. */
  ClaimTable with(Claim claim) {
    Map<String, Claim> more = new LinkedHashMap<>(byId);
    more.put(claim.id(), claim);
    return new ClaimTable(more);
  }

  /** Makes it durable. */
  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder(HEADER).append('\n');
    for (Claim claim : byId.values()) {
      text.append(claim.code()).append(' ');
      text.append(claim.kind().name().toLowerCase(Locale.ROOT));
      text.append(claim.replaces().isEmpty() ? "" : " " + claim.replaces()).append('\n');
    }
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
