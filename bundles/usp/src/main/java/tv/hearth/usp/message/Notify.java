package tv.hearth.usp.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Something happened that a subscription asked for. */
public record Notify(String subscriptionId, boolean sendResponse, What what) implements Body {
  /** What happened. */
  public sealed interface What {}

  /** An event of an object. */
  public record Event(String path, String name, Map<String, String> params) implements What {
    /** Copies the map, in its order. */
    public Event {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
  }

  /** A parameter has another value. */
  public record ValueChange(String path, String value) implements What {}

  /** An object is new. */
  public record ObjectCreation(String path, Map<String, String> uniqueKeys) implements What {
    /** Copies the map, in its order. */
    public ObjectCreation {
      uniqueKeys = Collections.unmodifiableMap(new LinkedHashMap<>(uniqueKeys));
    }
  }

  /** An object is gone. */
  public record ObjectDeletion(String path) implements What {}

  /** An asynchronous command has ended. */
  public record OperationComplete(String path, String command, String commandKey, Outcome outcome)
      implements What {}

  /** A box asks to be taken on. */
  public record OnBoardRequest(
      String oui, String productClass, String serialNumber, String versions) implements What {}

  static Notify read(WireReader in) throws WireException {
    String subscription = "";
    boolean response = false;
    What what = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> subscription = in.text();
        case 2 -> response = in.truth();
        case 3, 4, 5, 6, 7, 8 -> what = what(field, in.message());
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    if (what == null) {
      throw new WireException("a notification of nothing");
    }
    return new Notify(subscription, response, what);
  }

  private static What what(int kind, WireReader in) throws WireException {
    String[] texts = {"", "", "", "", "", ""};
    Map<String, String> map = new LinkedHashMap<>();
    Outcome outcome = Outcome.NOTHING;
    int mapField = kind == 3 ? 3 : kind == 5 ? 2 : 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == mapField) {
        in.entry(map);
      } else if (kind == 7 && field == 4) {
        outcome = Outcome.readOutputs(in.message());
      } else if (kind == 7 && field == 5) {
        outcome = Outcome.readFailure(in.message());
      } else if (field < texts.length) {
        texts[field] = in.text();
      }
    }
    return switch (kind) {
      case 3 -> new Event(texts[1], texts[2], map);
      case 4 -> new ValueChange(texts[1], texts[2]);
      case 5 -> new ObjectCreation(texts[1], map);
      case 6 -> new ObjectDeletion(texts[1]);
      case 7 -> new OperationComplete(texts[1], texts[2], texts[3], outcome);
      default -> new OnBoardRequest(texts[1], texts[2], texts[3], texts[4]);
    };
  }

  @Override
  public MsgType type() {
    return MsgType.NOTIFY;
  }

  @Override
  public void write(WireWriter out) {
    out.text(1, subscriptionId).truth(2, sendResponse);
    WireWriter inner = new WireWriter();
    if (what instanceof Event event) {
      out.message(3, inner.text(1, event.path).text(2, event.name).map(3, event.params));
    } else if (what instanceof ValueChange change) {
      out.message(4, inner.text(1, change.path).text(2, change.value));
    } else if (what instanceof ObjectCreation creation) {
      out.message(5, inner.text(1, creation.path).map(2, creation.uniqueKeys));
    } else if (what instanceof ObjectDeletion deletion) {
      out.message(6, inner.text(1, deletion.path));
    } else if (what instanceof OperationComplete complete) {
      inner.text(1, complete.path).text(2, complete.command).text(3, complete.commandKey);
      complete.outcome.write(inner, 4, 5);
      out.message(7, inner);
    } else if (what instanceof OnBoardRequest request) {
      inner.text(1, request.oui).text(2, request.productClass);
      out.message(8, inner.text(3, request.serialNumber).text(4, request.versions));
    }
  }
}
