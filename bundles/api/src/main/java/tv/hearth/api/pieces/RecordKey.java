package tv.hearth.api.pieces;

import java.util.regex.Pattern;

/**
 * Names a record: kind, subject (an owner's id) and name, both of {@code [a-z0-9-]}, name at most
 * 64.
 *
 * @param path of the kind, {@code [a-z][a-z-]{0,15}}: what tells kinds apart that are not known
 */
public record RecordKey(RecordKind kind, String path, String subject, String name) {
  private static final Pattern PATH = Pattern.compile("[a-z][a-z-]{0,15}");
  private static final Pattern SUBJECT = Pattern.compile("[a-z2-7]{32}");
  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /** Throws {@link IllegalArgumentException} for other characters or lengths. */
  public RecordKey {
    if (!PATH.matcher(path).matches() || RecordKind.of(path) != kind) {
      throw new IllegalArgumentException("not the path of a record's kind: " + path);
    }
    if (!SUBJECT.matcher(subject).matches() || !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a record's key: " + subject + "/" + name);
    }
  }

  /** Of a kind that is known. */
  public RecordKey(RecordKind kind, String subject, String name) {
    this(kind, kind.path(), subject, name);
  }

  /** Of any kind, by its path. */
  public static RecordKey of(String path, String subject, String name) {
    return new RecordKey(RecordKind.of(path), path, subject, name);
  }

  @Override
  public String toString() {
    return path + "/" + subject + "/" + name;
  }
}
