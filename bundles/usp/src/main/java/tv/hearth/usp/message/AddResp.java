package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** What became of each object of an Add. */
public record AddResp(List<Result> results) implements Body {
  /** Copies the list. */
  public AddResp {
    results = List.copyOf(results);
  }

  /**
   * One object.
   *
   * @param code 0 where it was created
   * @param path of the new instance
   */
  public record Result(
      String requestedPath,
      int code,
      String message,
      String path,
      List<ParamError> paramErrors,
      Map<String, String> uniqueKeys) {
    /** Copies the collections. */
    public Result {
      paramErrors = List.copyOf(paramErrors);
      uniqueKeys = Collections.unmodifiableMap(new LinkedHashMap<>(uniqueKeys));
    }

    private static Result read(WireReader in) throws WireException {
      String requested = "";
      Outcome outcome = new Outcome();
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == 1) {
          requested = in.text();
        } else if (field == 2) {
          outcome.read(in.message());
        }
      }
      return new Result(
          requested,
          outcome.code,
          outcome.message,
          outcome.path,
          outcome.paramErrors,
          outcome.uniqueKeys);
    }

    private void write(WireWriter out) {
      WireWriter status = new WireWriter();
      WireWriter inner = new WireWriter();
      if (code != 0) {
        status.message(1, inner.fixed32(1, code).text(2, message));
      } else {
        inner.text(1, path).messages(2, paramErrors, ParamError::write).map(3, uniqueKeys);
        status.message(2, inner);
      }
      out.text(1, requestedPath).message(2, status);
    }
  }

  private static final class Outcome {
    private int code;
    private String message = "";
    private String path = "";
    private final List<ParamError> paramErrors = new ArrayList<>();
    private final Map<String, String> uniqueKeys = new LinkedHashMap<>();

    private void read(WireReader in) throws WireException {
      for (int field = in.next(); field != 0; field = in.next()) {
        WireReader inner = in.message();
        for (int part = inner.next(); part != 0; part = inner.next()) {
          if (field == 1 && part == 1) {
            code = inner.fixed32();
          } else if (field == 1 && part == 2) {
            message = inner.text();
          } else if (field == 2 && part == 1) {
            path = inner.text();
          } else if (field == 2 && part == 2) {
            paramErrors.add(ParamError.read(inner.message()));
          } else if (field == 2 && part == 3) {
            inner.entry(uniqueKeys);
          }
        }
      }
    }
  }

  static AddResp read(WireReader in) throws WireException {
    List<Result> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        results.add(Result.read(in.message()));
      }
    }
    return new AddResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.ADD_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, Result::write);
  }
}
