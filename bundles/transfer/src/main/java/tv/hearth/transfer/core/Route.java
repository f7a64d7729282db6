package tv.hearth.transfer.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * What a request line asks for. Paths are matched whole against what the format allows; nothing is
 * decoded or normalised, so {@code ..}, {@code %2e}, {@code //} and the like are simply unknown.
 *
 * @param action what is to be done
 * @param piece for actions on a piece, else null
 * @param key for actions on a record, else null
 * @param kind path of the kind for LIST, else null
 * @param subject for LIST; for chunks of a payload its root, hexadecimal; else null
 * @param after for LIST: names after this one, may be empty; for GET_CHUNK: its index; else null
 */
public record Route(
    Action action, PieceId piece, RecordKey key, String kind, String subject, String after) {
  /** What can be asked of a box. */
  public enum Action {
    PUT_PIECE,
    GET_PIECE,
    HEAD_PIECE,
    HASHES,
    KEEP,
    TOMBSTONE,
    GET_RECORD,
    PUT_RECORD,
    LIST,
    HELD_CHUNKS,
    GET_CHUNK,
    GET_ENDPOINTS,
    POST_ENDPOINTS
  }

  private static final Pattern PIECE =
      Pattern.compile(
          "/v1/pieces/([0-9a-f]{32})/(0|[1-9][0-9]{0,7})/(0|[1-9][0-9]{0,2})(/hashes)?");
  private static final Pattern PAYLOAD =
      Pattern.compile("/v1/payloads/([0-9a-f]{64})(?:/(0|[1-9][0-9]{0,4}))?");
  private static final Pattern RECORD =
      Pattern.compile("/v1/records/([a-z][a-z-]{0,15})/([a-z2-7]{32})/([a-z0-9-]{1,64})");
  private static final Pattern PAGE =
      Pattern.compile(
          "/v1/records/([a-z][a-z-]{0,15})/([a-z2-7]{32})(?:\\?after=([a-z0-9-]{0,64}))?");

  /**
   * The route of a request line.
   *
   * @throws Refusal NOT_FOUND for unknown paths, PROTOCOL (405) for unknown methods
   */
  public static Route parse(String method, String uri) throws Refusal {
    try {
      Matcher piece = PIECE.matcher(uri);
      if (piece.matches()) {
        return piece(method, piece);
      }
      Matcher record = RECORD.matcher(uri);
      if (record.matches()) {
        return record(method, record);
      }
      Matcher payload = PAYLOAD.matcher(uri);
      if (payload.matches()) {
        only(method, "GET");
        String index = payload.group(2);
        Action action = index == null ? Action.HELD_CHUNKS : Action.GET_CHUNK;
        return new Route(action, null, null, null, payload.group(1), index);
      }
      Matcher page = PAGE.matcher(uri);
      if (page.matches()) {
        only(method, "GET");
        String after = page.group(3) == null ? "" : page.group(3);
        return new Route(
            Action.LIST, null, null, page.group(1), new OwnerId(page.group(2)).text(), after);
      }
    } catch (IllegalArgumentException e) {
      throw new Refusal(Problem.NOT_FOUND, e.getMessage());
    }
    return simple(method, uri);
  }

  private static Route piece(String method, Matcher path) throws Refusal {
    PieceId id =
        new PieceId(
            new ObjectId(path.group(1)),
            Integer.parseInt(path.group(2)),
            Integer.parseInt(path.group(3)));
    if (path.group(4) != null) {
      only(method, "GET");
      return of(Action.HASHES, id);
    }
    switch (method) {
      case "GET":
        return of(Action.GET_PIECE, id);
      case "HEAD":
        return of(Action.HEAD_PIECE, id);
      case "PUT":
        return of(Action.PUT_PIECE, id);
      default:
        throw notAllowed();
    }
  }

  private static Route record(String method, Matcher path) throws Refusal {
    RecordKey key = RecordKey.of(path.group(1), path.group(2), path.group(3));
    switch (method) {
      case "GET":
        return new Route(Action.GET_RECORD, null, key, null, null, null);
      case "PUT":
        return new Route(Action.PUT_RECORD, null, key, null, null, null);
      default:
        throw notAllowed();
    }
  }

  private static Route simple(String method, String uri) throws Refusal {
    switch (uri) {
      case "/v1/keep":
        only(method, "POST");
        return of(Action.KEEP, null);
      case "/v1/tombstones":
        only(method, "POST");
        return of(Action.TOMBSTONE, null);
      case "/v1/endpoints":
        if (method.equals("GET")) {
          return of(Action.GET_ENDPOINTS, null);
        }
        only(method, "POST");
        return of(Action.POST_ENDPOINTS, null);
      default:
        throw new Refusal(Problem.NOT_FOUND, "no such path; see the format page of transfer");
    }
  }

  private static Route of(Action action, PieceId piece) {
    return new Route(action, piece, null, null, null, null);
  }

  private static void only(String method, String allowed) throws Refusal {
    if (!method.equals(allowed)) {
      throw notAllowed();
    }
  }

  private static Refusal notAllowed() {
    return new Refusal(Problem.PROTOCOL, 405, "that path does not take this method");
  }
}
