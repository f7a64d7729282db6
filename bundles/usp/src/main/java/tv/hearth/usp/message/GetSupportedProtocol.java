package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** The versions of USP that a controller speaks, with commas between. */
public record GetSupportedProtocol(String versions) implements Body {
  static GetSupportedProtocol read(WireReader in) throws WireException {
    String versions = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> versions = in.text();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetSupportedProtocol(versions);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_SUPPORTED_PROTO;
  }

  @Override
  public void write(WireWriter out) {
    out.text(1, versions);
  }
}
