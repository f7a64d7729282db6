package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;

/** Finds the unfinished pieces of before a restart and how far each can be trusted. */
final class Recovery {
  private final FileLayer files;
  private final Layout layout;
  private final Incoming incoming;
  private final Bytes boot;

  /**
   * For {@code incoming}.
   *
   * @param boot names the machine's start: what a process wrote in the same one is in the kernel's
   *     memory at least; after a power cut, unsynced bytes may be anything
   */
  Recovery(FileLayer files, Layout layout, Incoming incoming, Bytes boot) {
    this.files = files;
    this.layout = layout;
    this.incoming = incoming;
    this.boot = boot;
  }

  void run() throws IOException {
    files.createFolder(layout.incoming());
    List<String> names = new ArrayList<>();
    files.names(layout.incoming(), names::add);
    for (String name : names) {
      Path file = layout.incoming().resolve(name);
      Optional<PieceHeader> header = header(file, Layout.parse(name));
      if (header.isPresent()) {
        resume(file, header.get());
      } else {
        files.delete(file);
      }
    }
  }

  private void resume(Path file, PieceHeader header) throws IOException {
    if (header.boot().equals(boot) && !header.boot().equals(PieceHeader.NO_BOOT)) {
      long written = Math.max(0, files.size(file) - PieceHeader.ROOM);
      incoming.resume(header, Math.min(header.length(), written), files.modified(file));
      return;
    }
    PieceHeader anew =
        new PieceHeader(
            header.piece(),
            header.owner(),
            header.length(),
            header.unit(),
            header.lease(),
            false,
            PieceHeader.NO_ROOT,
            boot);
    long touched = files.modified(file);
    incoming.create(anew);
    incoming.resume(anew, 0, touched);
  }

  private Optional<PieceHeader> header(Path file, Optional<PieceId> named) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(PieceHeader.SIZE);
    try (FileLayer.Opened opened = files.open(file, false)) {
      while (head.hasRemaining() && opened.read(head, head.position()) > 0) {
        continue;
      }
      PieceHeader header = PieceHeader.decode(head.flip());
      return named.filter(header.piece()::equals).map(same -> header);
    } catch (DamagedException e) {
      return Optional.empty(); // torn before its first sync: nobody was promised anything
    }
  }
}
