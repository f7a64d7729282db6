package tv.hearth.storage;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * Where things lie in the storage folder. Sharded by object, so that deleting one syncs one folder.
 */
record Layout(Path root) {
  private static final Pattern PIECE = Pattern.compile("([0-9a-f]{32})-([0-9]{1,8})-([0-9]{1,3})");
  private static final String PIECE_END = ".piece";
  private static final String PART_END = ".part";

  /** How many folders committed pieces are spread over. */
  static final int SHARDS = 256;

  Path index() {
    return root.resolve("index.db");
  }

  Path records() {
    return root.resolve("records.db");
  }

  Path lock() {
    return root.resolve("lock");
  }

  Path clean() {
    return root.resolve("clean");
  }

  /** Which box each owner came with. */
  Path accounts() {
    return root.resolve("accounts");
  }

  /** Written and deleted to see whether the disk can be written. */
  Path probe() {
    return root.resolve("probe");
  }

  Path pieces() {
    return root.resolve("pieces");
  }

  Path incoming() {
    return root.resolve("incoming");
  }

  Path keeps() {
    return root.resolve("keeps");
  }

  Path damaged() {
    return root.resolve("damaged");
  }

  /** A shard's folder by number, 0…255. */
  Path shard(int number) {
    return pieces().resolve(String.format(Locale.ROOT, "%02x", number));
  }

  Path piece(PieceId piece) {
    return pieces().resolve(shardName(piece.object())).resolve(name(piece) + PIECE_END);
  }

  Path part(PieceId piece) {
    return incoming().resolve(name(piece) + PART_END);
  }

  Path keep(ObjectId object, OwnerId owner) {
    String name = object.text() + "-" + owner.text() + ".keep";
    return keeps().resolve(shardName(object)).resolve(name);
  }

  /** The piece that a file's name tells; empty for other names. */
  static Optional<PieceId> parse(String fileName) {
    String end = fileName.endsWith(PART_END) ? PART_END : PIECE_END;
    if (!fileName.endsWith(end)) {
      return Optional.empty();
    }
    Matcher parts = PIECE.matcher(fileName.substring(0, fileName.length() - end.length()));
    if (!parts.matches()) {
      return Optional.empty();
    }
    int segment = Integer.parseInt(parts.group(2));
    int index = Integer.parseInt(parts.group(3));
    boolean inRange = segment < 1 << 24 && index <= 254;
    return inRange
        ? Optional.of(new PieceId(new ObjectId(parts.group(1)), segment, index))
        : Optional.empty();
  }

  private static String shardName(ObjectId object) {
    return object.text().substring(0, 2);
  }

  private static String name(PieceId piece) {
    return piece.object().text() + "-" + piece.segment() + "-" + piece.index();
  }
}
