package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** The request failed as a whole. */
public record UspError(int code, String message, List<ParamError> paramErrors) implements Body {
  /** Copies the collections. */
  public UspError {
    paramErrors = List.copyOf(paramErrors);
  }

  static UspError read(WireReader in) throws WireException {
    int code = 0;
    String message = "";
    List<ParamError> paramErrors = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> code = in.fixed32();
        case 2 -> message = in.text();
        case 3 -> paramErrors.add(ParamError.read(in.message()));
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new UspError(code, message, paramErrors);
  }

  @Override
  public MsgType type() {
    return MsgType.ERROR;
  }

  @Override
  public void write(WireWriter out) {
    out.fixed32(1, code);
    out.text(2, message);
    out.messages(3, paramErrors, ParamError::write);
  }
}
