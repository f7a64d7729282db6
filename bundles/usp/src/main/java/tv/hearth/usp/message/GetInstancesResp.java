package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Which instances are there, by requested path. */
public record GetInstancesResp(List<PathResult> results) implements Body {
  /** Copies the collections. */
  public GetInstancesResp {
    results = List.copyOf(results);
  }

  static GetInstancesResp read(WireReader in) throws WireException {
    List<PathResult> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> results.add(PathResult.read(in.message()));
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetInstancesResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_INSTANCES_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, PathResult::write);
  }

  /** One requested path; code 0 where it was good. */
  public record PathResult(
      String requestedPath, int code, String message, List<Instance> instances) {
    /** Copies the collections. */
    public PathResult {
      instances = List.copyOf(instances);
    }

    static PathResult read(WireReader in) throws WireException {
      String requestedPath = "";
      int code = 0;
      String message = "";
      List<Instance> instances = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> requestedPath = in.text();
          case 2 -> code = in.fixed32();
          case 3 -> message = in.text();
          case 4 -> instances.add(Instance.read(in.message()));
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new PathResult(requestedPath, code, message, instances);
    }

    void write(WireWriter out) {
      out.text(1, requestedPath);
      out.fixed32(2, code);
      out.text(3, message);
      out.messages(4, instances, Instance::write);
    }
  }

  /** An instance. */
  public record Instance(String path, Map<String, String> uniqueKeys) {
    /** Copies the collections. */
    public Instance {
      uniqueKeys = Collections.unmodifiableMap(new LinkedHashMap<>(uniqueKeys));
    }

    static Instance read(WireReader in) throws WireException {
      String path = "";
      Map<String, String> uniqueKeys = new LinkedHashMap<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> path = in.text();
          case 2 -> in.entry(uniqueKeys);
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new Instance(path, uniqueKeys);
    }

    void write(WireWriter out) {
      out.text(1, path);
      out.map(2, uniqueKeys);
    }
  }
}
