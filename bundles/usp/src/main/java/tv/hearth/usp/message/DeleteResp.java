package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** What became of each path of a Delete. */
public record DeleteResp(List<Result> results) implements Body {
  /** Copies the list. */
  public DeleteResp {
    results = List.copyOf(results);
  }

  /**
   * One requested path.
   *
   * @param code 0 where it was done
   * @param affected objects that are gone
   * @param unaffected objects that stay, and why
   */
  public record Result(
      String requestedPath,
      int code,
      String message,
      List<String> affected,
      List<ParamError> unaffected) {
    /** Copies the lists. */
    public Result {
      affected = List.copyOf(affected);
      unaffected = List.copyOf(unaffected);
    }

    private static Result read(WireReader in) throws WireException {
      String requested = "";
      int code = 0;
      String message = "";
      List<String> affected = new ArrayList<>();
      List<ParamError> unaffected = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == 1) {
          requested = in.text();
        } else if (field == 2) {
          WireReader status = in.message();
          for (int way = status.next(); way != 0; way = status.next()) {
            WireReader inner = status.message();
            for (int part = inner.next(); part != 0; part = inner.next()) {
              if (way == 1 && part == 1) {
                code = inner.fixed32();
              } else if (way == 1 && part == 2) {
                message = inner.text();
              } else if (way == 2 && part == 1) {
                affected.add(inner.text());
              } else if (way == 2 && part == 2) {
                unaffected.add(ParamError.read(inner.message()));
              }
            }
          }
        }
      }
      return new Result(requested, code, message, affected, unaffected);
    }

    private void write(WireWriter out) {
      WireWriter status = new WireWriter();
      WireWriter inner = new WireWriter();
      if (code != 0) {
        status.message(1, inner.fixed32(1, code).text(2, message));
      } else {
        inner.texts(1, affected).messages(2, unaffected, ParamError::write);
        status.message(2, inner);
      }
      out.text(1, requestedPath).message(2, status);
    }
  }

  static DeleteResp read(WireReader in) throws WireException {
    List<Result> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        results.add(Result.read(in.message()));
      }
    }
    return new DeleteResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.DELETE_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, Result::write);
  }
}
