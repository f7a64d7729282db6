package tv.hearth.management.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.model.Found;
import tv.hearth.management.model.PathExpression;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetInstances;
import tv.hearth.usp.message.GetInstancesResp;
import tv.hearth.usp.message.GetResp;

/** Get and GetInstances. */
final class Reading {
  /** Parameters in one response at most. */
  private static final int MOST = 20_000;

  private final DataModel model;

  Reading(DataModel model) {
    this.model = model;
  }

  GetResp get(Get request) throws ModelException {
    List<GetResp.PathResult> results = new ArrayList<>();
    int[] left = {MOST};
    for (String path : request.paths()) {
      try {
        List<GetResp.Resolved> resolved = get(PathExpression.parse(path), request.maxDepth(), left);
        results.add(new GetResp.PathResult(path, 0, "", resolved));
      } catch (ModelException e) {
        if (left[0] < 0) {
          throw e;
        }
        results.add(new GetResp.PathResult(path, e.code(), e.getMessage(), List.of()));
      }
    }
    return new GetResp(results);
  }

  private List<GetResp.Resolved> get(PathExpression path, int depth, int[] left)
      throws ModelException {
    List<GetResp.Resolved> resolved = new ArrayList<>();
    if (path.object()) {
      for (Found found : model.beneath(path, depth)) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Parameter parameter : found.object().parameters()) {
          values.put(parameter.name(), read(found, parameter.name(), left));
        }
        resolved.add(new GetResp.Resolved(found.path(), values));
      }
      return resolved;
    }
    String name = path.last();
    boolean supported = supports(path.parent(), name);
    for (Found found : model.at(path.parent())) {
      if (found.parameter(name) != null && isAt(found, path.parent())) {
        String value = read(found, name, left);
        resolved.add(new GetResp.Resolved(found.path(), Map.of(name, value)));
      }
    }
    if (!supported) {
      throw new ModelException(
          PathExpression.INVALID_PATH, path.text() + " is no parameter of this box");
    }
    return resolved;
  }

  private boolean supports(PathExpression path, String name) {
    return model.objects().stream()
        .filter(object -> DataModel.segments(object.path()).size() == path.segments().size())
        .filter(object -> sameNames(DataModel.segments(object.path()), path.segments()))
        .anyMatch(object -> object.parameters().stream().anyMatch(p -> p.name().equals(name)));
  }

  private static boolean sameNames(List<String> template, List<String> path) {
    for (int i = 0; i < template.size(); i++) {
      if (!template.get(i).equals("{i}") && !template.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAt(Found found, PathExpression path) {
    return DataModel.segments(found.object().path()).size() == path.segments().size();
  }

  private static String read(Found found, String name, int[] left) throws ModelException {
    if (--left[0] < 0) {
      throw new ModelException(Codes.RESOURCES, "more than " + MOST + " parameters at once");
    }
    return found.value(name);
  }

  GetInstancesResp instances(GetInstances request) {
    List<GetInstancesResp.PathResult> results = new ArrayList<>();
    for (String path : request.paths()) {
      try {
        List<GetInstancesResp.Instance> instances =
            instances(PathExpression.parse(path), request.firstLevelOnly());
        results.add(new GetInstancesResp.PathResult(path, 0, "", instances));
      } catch (ModelException e) {
        results.add(new GetInstancesResp.PathResult(path, e.code(), e.getMessage(), List.of()));
      }
    }
    return new GetInstancesResp(results);
  }

  private List<GetInstancesResp.Instance> instances(PathExpression path, boolean firstLevelOnly)
      throws ModelException {
    if (!path.object()) {
      throw new ModelException(PathExpression.INVALID_PATH, path.text() + " is no object's path");
    }
    List<GetInstancesResp.Instance> instances = new ArrayList<>();
    for (Found found : model.beneath(path, 0)) {
      List<String> template = DataModel.segments(found.object().path());
      int last = template.size() - 1;
      boolean table = template.get(last).equals("{i}") && last >= path.segments().size();
      long tables =
          template.subList(path.segments().size(), template.size()).stream()
              .filter("{i}"::equals)
              .count();
      if (table && (!firstLevelOnly || tables == 1)) {
        instances.add(new GetInstancesResp.Instance(found.path(), keys(found)));
      }
    }
    return instances;
  }

  static Map<String, String> keys(Found found) throws ModelException {
    Map<String, String> keys = new LinkedHashMap<>();
    for (List<String> set : found.object().uniqueKeys()) {
      for (String name : set) {
        keys.put(name, found.value(name));
      }
    }
    return keys;
  }
}
