package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** What became of each path of a Set. */
public record SetResp(List<Result> results) implements Body {
  /** Copies the list. */
  public SetResp {
    results = List.copyOf(results);
  }

  /**
   * One requested path.
   *
   * @param code 0 where it was done
   * @param instances the objects it stands for: changed where the code is 0, else what failed
   */
  public record Result(String requestedPath, int code, String message, List<Instance> instances) {
    /** Copies the list. */
    public Result {
      instances = List.copyOf(instances);
    }

    private static Result read(WireReader in) throws WireException {
      String requested = "";
      int code = 0;
      String message = "";
      List<Instance> instances = new ArrayList<>();
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
              } else if (way == 1 && part == 3 || way == 2 && part == 1) {
                instances.add(Instance.read(inner.message()));
              }
            }
          }
        }
      }
      return new Result(requested, code, message, instances);
    }

    private void write(WireWriter out) {
      WireWriter status = new WireWriter();
      WireWriter inner = new WireWriter();
      if (code != 0) {
        inner.fixed32(1, code).text(2, message).messages(3, instances, Instance::write);
        status.message(1, inner);
      } else {
        status.message(2, inner.messages(1, instances, Instance::write));
      }
      out.text(1, requestedPath).message(2, status);
    }
  }

  /** One object, with the parameters that failed and those that changed. */
  public record Instance(String path, List<ParamError> paramErrors, Map<String, String> updated) {
    /** Copies the collections. */
    public Instance {
      paramErrors = List.copyOf(paramErrors);
      updated = Collections.unmodifiableMap(new LinkedHashMap<>(updated));
    }

    private static Instance read(WireReader in) throws WireException {
      String path = "";
      List<ParamError> paramErrors = new ArrayList<>();
      Map<String, String> updated = new LinkedHashMap<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        if (field == 1) {
          path = in.text();
        } else if (field == 2) {
          paramErrors.add(ParamError.read(in.message()));
        } else if (field == 3) {
          in.entry(updated);
        }
      }
      return new Instance(path, paramErrors, updated);
    }

    private void write(WireWriter out) {
      out.text(1, path).messages(2, paramErrors, ParamError::write).map(3, updated);
    }
  }

  static SetResp read(WireReader in) throws WireException {
    List<Result> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        results.add(Result.read(in.message()));
      }
    }
    return new SetResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.SET_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, Result::write);
  }
}
