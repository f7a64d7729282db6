package tv.hearth.usp.message;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/**
 * A message.
 *
 * @param id of the sender's choice; a response has its request's
 */
public record Msg(String id, Body body) {
  private static final int REQUEST = 1;
  private static final int RESPONSE = 2;
  private static final int ERROR = 3;

  /**
   * Reads a message.
   *
   * @throws WireException for bytes that are none, of a kind that is not known, or whose header
   *     says another type than its body has
   */
  public static Msg parse(byte[] bytes) throws WireException {
    String id = "";
    long type = 0;
    Body body = null;
    WireReader in = new WireReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        WireReader header = in.message();
        for (int part = header.next(); part != 0; part = header.next()) {
          if (part == 1) {
            id = header.text();
          } else if (part == 2) {
            type = header.number();
          }
        }
      } else if (field == 2) {
        body = body(in.message());
      }
    }
    if (id.isEmpty()) {
      throw new WireException("a message without an id");
    }
    if (body == null || body.type().ordinal() != type) {
      throw new WireException("message " + quote(id) + " has no body of the type it says");
    }
    return new Msg(id, body);
  }

  /** The id alone, of a message that may be broken otherwise; empty where there is none. */
  public static String idOf(byte[] bytes) {
    try {
      WireReader in = new WireReader(bytes);
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == 1) {
          WireReader header = in.message();
          for (int part = header.next(); part != 0; part = header.next()) {
            if (part == 1) {
              return header.text();
            }
          }
        }
      }
      return "";
    } catch (WireException e) {
      // No id can be had: an error that answers it has none either.
      return "";
    }
  }

  private static Body body(WireReader in) throws WireException {
    Body body = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == REQUEST) {
        body = request(in.message());
      } else if (field == RESPONSE) {
        body = response(in.message());
      } else if (field == ERROR) {
        body = UspError.read(in.message());
      }
    }
    return body;
  }

  private static Body request(WireReader in) throws WireException {
    Body body = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      body =
          switch (field) {
            case 1 -> Get.read(in.message());
            case 2 -> GetSupportedDm.read(in.message());
            case 3 -> GetInstances.read(in.message());
            case 4 -> Set.read(in.message());
            case 5 -> Add.read(in.message());
            case 6 -> Delete.read(in.message());
            case 7 -> Operate.read(in.message());
            case 8 -> Notify.read(in.message());
            case 9 -> GetSupportedProtocol.read(in.message());
            default -> body;
          };
    }
    return body;
  }

  private static Body response(WireReader in) throws WireException {
    Body body = null;
    for (int field = in.next(); field != 0; field = in.next()) {
      body =
          switch (field) {
            case 1 -> GetResp.read(in.message());
            case 2 -> GetSupportedDmResp.read(in.message());
            case 3 -> GetInstancesResp.read(in.message());
            case 4 -> SetResp.read(in.message());
            case 5 -> AddResp.read(in.message());
            case 6 -> DeleteResp.read(in.message());
            case 7 -> OperateResp.read(in.message());
            case 8 -> NotifyResp.read(in.message());
            case 9 -> GetSupportedProtocolResp.read(in.message());
            default -> body;
          };
    }
    return body;
  }

  /** The message's bytes. */
  public byte[] encode() {
    WireWriter fields = new WireWriter();
    body.write(fields);
    WireWriter header = new WireWriter().text(1, id).number(2, body.type().ordinal());
    return new WireWriter().message(1, header).message(2, wrapped(fields)).toBytes();
  }

  private WireWriter wrapped(WireWriter fields) {
    return switch (body.type()) {
      case ERROR -> new WireWriter().message(ERROR, fields);
      case GET -> in(REQUEST, 1, fields);
      case GET_SUPPORTED_DM -> in(REQUEST, 2, fields);
      case GET_INSTANCES -> in(REQUEST, 3, fields);
      case SET -> in(REQUEST, 4, fields);
      case ADD -> in(REQUEST, 5, fields);
      case DELETE -> in(REQUEST, 6, fields);
      case OPERATE -> in(REQUEST, 7, fields);
      case NOTIFY -> in(REQUEST, 8, fields);
      case GET_SUPPORTED_PROTO -> in(REQUEST, 9, fields);
      case GET_RESP -> in(RESPONSE, 1, fields);
      case GET_SUPPORTED_DM_RESP -> in(RESPONSE, 2, fields);
      case GET_INSTANCES_RESP -> in(RESPONSE, 3, fields);
      case SET_RESP -> in(RESPONSE, 4, fields);
      case ADD_RESP -> in(RESPONSE, 5, fields);
      case DELETE_RESP -> in(RESPONSE, 6, fields);
      case OPERATE_RESP -> in(RESPONSE, 7, fields);
      case NOTIFY_RESP -> in(RESPONSE, 8, fields);
      case GET_SUPPORTED_PROTO_RESP -> in(RESPONSE, 9, fields);
    };
  }

  private static WireWriter in(int way, int number, WireWriter fields) {
    return new WireWriter().message(way, new WireWriter().message(number, fields));
  }

  private static String quote(String id) {
    return "'" + (id.length() > 64 ? id.substring(0, 64) + "…" : id) + "'";
  }
}
