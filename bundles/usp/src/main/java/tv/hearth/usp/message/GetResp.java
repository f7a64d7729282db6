package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** What a Get found, by requested path. */
public record GetResp(List<PathResult> results) implements Body {
  /** Copies the collections. */
  public GetResp {
    results = List.copyOf(results);
  }

  static GetResp read(WireReader in) throws WireException {
    List<PathResult> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> results.add(PathResult.read(in.message()));
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, PathResult::write);
  }

  /** One requested path; code 0 where it was good. */
  public record PathResult(
      String requestedPath, int code, String message, List<Resolved> resolved) {
    /** Copies the collections. */
    public PathResult {
      resolved = List.copyOf(resolved);
    }

    static PathResult read(WireReader in) throws WireException {
      String requestedPath = "";
      int code = 0;
      String message = "";
      List<Resolved> resolved = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> requestedPath = in.text();
          case 2 -> code = in.fixed32();
          case 3 -> message = in.text();
          case 4 -> resolved.add(Resolved.read(in.message()));
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new PathResult(requestedPath, code, message, resolved);
    }

    void write(WireWriter out) {
      out.text(1, requestedPath);
      out.fixed32(2, code);
      out.text(3, message);
      out.messages(4, resolved, Resolved::write);
    }
  }

  /** An object, with parameters by their names relative to it. */
  public record Resolved(String path, Map<String, String> params) {
    /** Copies the collections. */
    public Resolved {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    static Resolved read(WireReader in) throws WireException {
      String path = "";
      Map<String, String> params = new LinkedHashMap<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> path = in.text();
          case 2 -> in.entry(params);
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new Resolved(path, params);
    }

    void write(WireWriter out) {
      out.text(1, path);
      out.map(2, params);
    }
  }
}
