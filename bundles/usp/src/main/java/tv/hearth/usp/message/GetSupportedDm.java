package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Asks what objects, parameters, commands and events could be there. */
public record GetSupportedDm(
    List<String> paths,
    boolean firstLevelOnly,
    boolean commands,
    boolean events,
    boolean params,
    boolean uniqueKeySets)
    implements Body {
  /** Copies the collections. */
  public GetSupportedDm {
    paths = List.copyOf(paths);
  }

  static GetSupportedDm read(WireReader in) throws WireException {
    List<String> paths = new ArrayList<>();
    boolean firstLevelOnly = false;
    boolean commands = false;
    boolean events = false;
    boolean params = false;
    boolean uniqueKeySets = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> paths.add(in.text());
        case 2 -> firstLevelOnly = in.truth();
        case 3 -> commands = in.truth();
        case 4 -> events = in.truth();
        case 5 -> params = in.truth();
        case 6 -> uniqueKeySets = in.truth();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetSupportedDm(paths, firstLevelOnly, commands, events, params, uniqueKeySets);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_SUPPORTED_DM;
  }

  @Override
  public void write(WireWriter out) {
    out.texts(1, paths);
    out.truth(2, firstLevelOnly);
    out.truth(3, commands);
    out.truth(4, events);
    out.truth(5, params);
    out.truth(6, uniqueKeySets);
  }
}
