package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** A parameter's new value; where it is required, the object fails without it. */
public record Setting(String param, String value, boolean required) {
  static Setting read(WireReader in) throws WireException {
    String param = "";
    String value = "";
    boolean required = false;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> param = in.text();
        case 2 -> value = in.text();
        case 3 -> required = in.truth();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new Setting(param, value, required);
  }

  void write(WireWriter out) {
    out.text(1, param);
    out.text(2, value);
    out.truth(3, required);
  }
}
