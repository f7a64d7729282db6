package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Asks which instances are there. */
public record GetInstances(List<String> paths, boolean firstLevelOnly) implements Body {
  /** Copies the collections. */
  public GetInstances {
    paths = List.copyOf(paths);
  }

  static GetInstances read(WireReader in) throws WireException {
    List<String> paths = new ArrayList<>();
    boolean firstLevelOnly = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> paths.add(in.text());
        case 2 -> firstLevelOnly = in.truth();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetInstances(paths, firstLevelOnly);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_INSTANCES;
  }

  @Override
  public void write(WireWriter out) {
    out.texts(1, paths);
    out.truth(2, firstLevelOnly);
  }
}
