package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.PieceId;

/**
 * Makes the index from the files alone: reads each header, sets broken files aside. Units are not
 * read; the scrub does that, these pieces first.
 */
final class Rebuilder implements IndexFile.Rebuild {
  private static final System.Logger LOG = System.getLogger(Rebuilder.class.getName());

  private final FileLayer files;
  private final Layout layout;
  private final KeepFiles keeps;
  private final Quarantine quarantine;

  Rebuilder(FileLayer files, Layout layout, KeepFiles keeps, Quarantine quarantine) {
    this.files = files;
    this.layout = layout;
    this.keeps = keeps;
    this.quarantine = quarantine;
  }

  @Override
  public long into(Database empty) throws SQLException, IOException {
    long pieces = 0;
    for (int shard = 0; shard < Layout.SHARDS; shard++) {
      List<PieceInfo> found = scan(layout.shard(shard));
      if (!found.isEmpty()) {
        insert(empty, found);
      }
      pieces += found.size();
    }
    return pieces;
  }

  /** The piece that a file in its final place holds; empty and set aside where it is broken. */
  Optional<PieceInfo> adopt(Path file) throws IOException {
    Optional<PieceId> named = Layout.parse(file.getFileName().toString());
    if (named.isEmpty()) {
      LOG.log(Level.WARNING, "Left alone, since it is no piece's file: " + file);
      return Optional.empty();
    }
    try (FileLayer.Opened opened = files.open(file, false)) {
      PieceHeader header = WholePiece.header(opened, named.get());
      long kept = keeps.read(header.piece().object(), header.owner());
      return Optional.of(WholePiece.info(header, Math.max(header.lease(), kept)));
    } catch (DamagedException e) {
      quarantine.take(file, e.getMessage());
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Left alone, since it can't be read: " + file, e);
    }
    return Optional.empty();
  }

  private List<PieceInfo> scan(Path shard) throws IOException {
    List<String> names = new ArrayList<>();
    files.names(shard, names::add);
    List<PieceInfo> found = new ArrayList<>();
    for (String name : names) {
      adopt(shard.resolve(name)).ifPresent(found::add);
    }
    return found;
  }

  private static void insert(Database database, List<PieceInfo> found) throws SQLException {
    database.writeRelaxed(
        connection -> {
          for (PieceInfo info : found) {
            PieceIndex.add(connection, info, 0);
          }
          return null;
        });
  }
}
