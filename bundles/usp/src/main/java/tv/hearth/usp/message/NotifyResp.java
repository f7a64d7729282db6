package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** A notification was received. */
public record NotifyResp(String subscriptionId) implements Body {
  static NotifyResp read(WireReader in) throws WireException {
    String subscriptionId = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> subscriptionId = in.text();
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new NotifyResp(subscriptionId);
  }

  @Override
  public MsgType type() {
    return MsgType.NOTIFY_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.text(1, subscriptionId);
  }
}
