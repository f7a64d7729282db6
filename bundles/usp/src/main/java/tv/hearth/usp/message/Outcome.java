package tv.hearth.usp.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/**
 * How a command ended.
 *
 * @param code 0 where it did what it should
 * @param message why it did not
 * @param outputs its output arguments
 */
public record Outcome(int code, String message, Map<String, String> outputs) {
  /** It did, and there is nothing to tell. */
  public static final Outcome NOTHING = new Outcome(0, "", Map.of());

  /** Copies the map, in its order. */
  public Outcome {
    outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
  }

  static Outcome readOutputs(WireReader in) throws WireException {
    Map<String, String> outputs = new LinkedHashMap<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        in.entry(outputs);
      }
    }
    return new Outcome(0, "", outputs);
  }

  static Outcome readFailure(WireReader in) throws WireException {
    int code = 0;
    String message = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        code = in.fixed32();
      } else if (field == 2) {
        message = in.text();
      }
    }
    return new Outcome(code, message, Map.of());
  }

  void write(WireWriter out, int outputsField, int failureField) {
    if (code == 0) {
      out.message(outputsField, new WireWriter().map(1, outputs));
    } else {
      out.message(failureField, new WireWriter().fixed32(1, code).text(2, message));
    }
  }
}
