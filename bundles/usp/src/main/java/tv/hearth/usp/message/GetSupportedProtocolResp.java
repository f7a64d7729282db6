package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** The versions of USP that an agent speaks, with commas between. */
public record GetSupportedProtocolResp(String versions) implements Body {
  static GetSupportedProtocolResp read(WireReader in) throws WireException {
    String versions = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> versions = in.text();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetSupportedProtocolResp(versions);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_SUPPORTED_PROTO_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.text(1, versions);
  }
}
