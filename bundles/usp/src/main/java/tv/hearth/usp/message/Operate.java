package tv.hearth.usp.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Runs a command; the key comes back with its OperationComplete. */
public record Operate(
    String command, String commandKey, boolean sendResponse, Map<String, String> inputs)
    implements Body {
  /** Copies the collections. */
  public Operate {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
  }

  static Operate read(WireReader in) throws WireException {
    String command = "";
    String commandKey = "";
    boolean sendResponse = false;
    Map<String, String> inputs = new LinkedHashMap<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> command = in.text();
        case 2 -> commandKey = in.text();
        case 3 -> sendResponse = in.truth();
        case 4 -> in.entry(inputs);
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new Operate(command, commandKey, sendResponse, inputs);
  }

  @Override
  public MsgType type() {
    return MsgType.OPERATE;
  }

  @Override
  public void write(WireWriter out) {
    out.text(1, command);
    out.text(2, commandKey);
    out.truth(3, sendResponse);
    out.map(4, inputs);
  }
}
