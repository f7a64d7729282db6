package tv.hearth.api.pieces;

import java.util.regex.Pattern;

/**
 * Names a record: kind, subject (an owner's id) and name, both of {@code [a-z0-9-]}, name at most
 * 64.
 */
public record RecordKey(RecordKind kind, String subject, String name) {
  private static final Pattern SUBJECT = Pattern.compile("[a-z2-7]{32}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /** Throws {@link IllegalArgumentException} for other characters or lengths. */
  public RecordKey {
    if (!SUBJECT.matcher(subject).matches() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a record's key: " + subject + "/" + name);
    }
  }

  @Override
  public String toString() {
    return kind.path() + "/" + subject + "/" + name;
  }
}
