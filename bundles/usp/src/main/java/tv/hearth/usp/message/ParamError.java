package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** A parameter, and why it was not what was asked for. */
public record ParamError(String param, int code, String message) {
  static ParamError read(WireReader in) throws WireException {
    String param = "";
    int code = 0;
    String message = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> param = in.text();
        case 2 -> code = in.fixed32();
        case 3 -> message = in.text();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new ParamError(param, code, message);
  }

  void write(WireWriter out) {
    out.text(1, param);
    out.fixed32(2, code);
    out.text(3, message);
  }
}
