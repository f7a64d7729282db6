package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Deletes objects: all or none, or partially. */
public record Delete(boolean allowPartial, List<String> paths) implements Body {
  /** Copies the collections. */
  public Delete {
    paths = List.copyOf(paths);
  }

  static Delete read(WireReader in) throws WireException {
    boolean allowPartial = false;
    List<String> paths = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> allowPartial = in.truth();
        case 2 -> paths.add(in.text());
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new Delete(allowPartial, paths);
  }

  @Override
  public MsgType type() {
    return MsgType.DELETE;
  }

  @Override
  public void write(WireWriter out) {
    out.truth(1, allowPartial);
    out.texts(2, paths);
  }
}
