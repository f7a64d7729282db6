package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Reads parameters; depth 0 is all levels. */
public record Get(List<String> paths, int maxDepth) implements Body {
  /** Copies the collections. */
  public Get {
    paths = List.copyOf(paths);
  }

  static Get read(WireReader in) throws WireException {
    List<String> paths = new ArrayList<>();
    int maxDepth = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> paths.add(in.text());
        case 2 -> maxDepth = in.fixed32();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new Get(paths, maxDepth);
  }

  @Override
  public MsgType type() {
    return MsgType.GET;
  }

  @Override
  public void write(WireWriter out) {
    out.texts(1, paths);
    out.fixed32(2, maxDepth);
  }
}
