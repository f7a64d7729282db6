package tv.hearth.update.payload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.text.Base32;

/** Boxes that reach each other without a network. */
final class Street {
  private final Path folder;
  final Map<BoxId, Shares> boxes = new LinkedHashMap<>();

  Street(Path folder) {
    this.folder = folder;
  }

  BoxId add() throws Exception {
    byte[] id = new byte[20];
    id[0] = (byte) (boxes.size() + 1);
    BoxId box = new BoxId(Base32.encode(id));
    Path home = Files.createDirectories(folder.resolve(box.text()));
    Files.createDirectories(home.resolve("store/incoming"));
    boxes.put(box, new Shares(home));
    return box;
  }

  Path part(BoxId box, String sha256) {
    return folder.resolve(box.text()).resolve("store/incoming/" + sha256 + ".part");
  }

  /** How that box sees the others. */
  Neighbours seenBy(BoxId self) {
    return new Neighbours() {
      @Override
      public BoxId self() {
        return self;
      }

      @Override
      public List<BoxId> members() {
        List<BoxId> others = new ArrayList<>(boxes.keySet());
        others.remove(self);
        return others;
      }

      @Override
      public CompletableFuture<BitSet> held(BoxId at, Bytes root) {
        return boxes
            .get(at)
            .held(root)
            .map(CompletableFuture::completedFuture)
            .orElseGet(Street::none);
      }

      @Override
      public CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length) {
        return boxes
            .get(from)
            .chunk(root, index)
            .map(CompletableFuture::completedFuture)
            .orElseGet(Street::none);
      }
    };
  }

  static <T> CompletableFuture<T> none() {
    return CompletableFuture.failedFuture(
        new TransferException(TransferException.Problem.NOT_FOUND, "nothing of it is here"));
  }
}
