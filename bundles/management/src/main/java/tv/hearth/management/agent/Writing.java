package tv.hearth.management.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.model.Found;
import tv.hearth.management.model.PathExpression;
import tv.hearth.usp.message.Add;
import tv.hearth.usp.message.AddResp;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Delete;
import tv.hearth.usp.message.DeleteResp;
import tv.hearth.usp.message.ParamError;
import tv.hearth.usp.message.Set;
import tv.hearth.usp.message.SetResp;
import tv.hearth.usp.message.UspError;

/** Set, Add and Delete: all or none, or partially. */
final class Writing {
  private final DataModel model;

  Writing(DataModel model) {
    this.model = model;
  }

  /** What is to be set of one object, with what it has now for the way back. */
  private record Change(
      Set.UpdateObject request, Found found, Values values, Map<String, String> before) {}

  Body set(Set request) {
    List<Change> changes = new ArrayList<>();
    Map<Set.UpdateObject, ModelException> failed = new LinkedHashMap<>();
    List<ParamError> errors = new ArrayList<>();
    for (Set.UpdateObject update : request.objects()) {
      try {
        PathExpression path = PathExpression.parse(update.path());
        for (Found found : exactly(path)) {
          Values values = Values.of(found.object(), found.path(), update.settings());
          changes.add(new Change(update, found, values, before(found, values)));
          errors.addAll(values.wrong());
        }
      } catch (ModelException e) {
        failed.put(update, e);
        errors.add(new ParamError(update.path(), e.code(), e.getMessage()));
      }
    }
    if (!request.allowPartial() && !errors.isEmpty()) {
      return new UspError(
          errors.get(0).code(), "nothing was set: " + errors.get(0).message(), errors);
    }
    Map<Change, ModelException> refused = new LinkedHashMap<>();
    List<Change> done = new ArrayList<>();
    for (Change change : changes) {
      try {
        if (!change.values.requiredFailed() && !change.values.good().isEmpty()) {
          change.found.object().set(change.found.numbers(), change.values.good());
          done.add(change);
        }
      } catch (ModelException e) {
        refused.put(change, e);
        if (!request.allowPartial()) {
          back(done);
          ParamError error = new ParamError(change.found.path(), e.code(), e.getMessage());
          return new UspError(e.code(), "nothing was set: " + e.getMessage(), List.of(error));
        }
      }
    }
    List<SetResp.Result> results = new ArrayList<>();
    for (Set.UpdateObject update : request.objects()) {
      results.add(result(update, failed.get(update), changes, refused));
    }
    return new SetResp(results);
  }

  private static SetResp.Result result(
      Set.UpdateObject update,
      ModelException failure,
      List<Change> changes,
      Map<Change, ModelException> refused) {
    if (failure != null) {
      return new SetResp.Result(update.path(), failure.code(), failure.getMessage(), List.of());
    }
    List<SetResp.Instance> instances = new ArrayList<>();
    boolean bad = false;
    for (Change change : changes) {
      if (change.request == update) {
        List<ParamError> wrong = new ArrayList<>(change.values.wrong());
        ModelException no = refused.get(change);
        if (no != null) {
          wrong.add(new ParamError(change.found.path(), no.code(), no.getMessage()));
        }
        boolean failed = no != null || change.values.requiredFailed();
        bad |= failed;
        instances.add(
            new SetResp.Instance(
                change.found.path(), wrong, failed ? Map.of() : change.values.good()));
      }
    }
    return bad
        ? new SetResp.Result(update.path(), Codes.NOT_UPDATED, "not all could be set", instances)
        : new SetResp.Result(update.path(), 0, "", instances);
  }

  private static Map<String, String> before(Found found, Values values) throws ModelException {
    Map<String, String> before = new LinkedHashMap<>();
    for (String name : values.good().keySet()) {
      before.put(name, found.value(name));
    }
    return before;
  }

  private static void back(List<Change> done) {
    for (Change change : done) {
      try {
        change.found.object().set(change.found.numbers(), change.before);
      } catch (ModelException e) {
        // It is gone since, or no longer takes the value that it had: nothing is left to restore.
        System.getLogger(Writing.class.getName())
            .log(System.Logger.Level.WARNING, "{0} was not set back: {1}", change.found.path(), e);
      }
    }
  }

  private List<Found> exactly(PathExpression path) throws ModelException {
    if (!path.object()) {
      throw new ModelException(PathExpression.INVALID_PATH, path.text() + " is no object's path");
    }
    List<Found> found = new ArrayList<>();
    boolean supported = false;
    for (Found each : model.at(path)) {
      if (DataModel.segments(each.object().path()).size() == path.segments().size()) {
        found.add(each);
        supported = true;
      }
    }
    if (!supported && path.segments().stream().noneMatch(s -> s.startsWith("[") || s.equals("*"))) {
      throw new ModelException(ModelException.NO_SUCH_OBJECT, path.text() + " is not there");
    }
    return found;
  }

  Body add(Add request) {
    List<AddResp.Result> results = new ArrayList<>();
    List<Found> created = new ArrayList<>();
    for (Add.CreateObject each : request.objects()) {
      AddResp.Result result = create(each, created);
      results.add(result);
      if (result.code() != 0 && !request.allowPartial()) {
        created.forEach(Writing::uncreate);
        return new UspError(result.code(), result.message(), result.paramErrors());
      }
    }
    return new AddResp(results);
  }

  private AddResp.Result create(Add.CreateObject request, List<Found> created) {
    String path = request.path();
    try {
      PathExpression parsed = PathExpression.parse(path);
      ModelObject object = table(parsed);
      List<Integer> parent = new ArrayList<>();
      for (String segment : parsed.segments()) {
        if (segment.matches("[0-9]+")) {
          parent.add(Integer.valueOf(segment));
        }
      }
      Values values = Values.of(object, "", request.settings());
      if (values.requiredFailed()) {
        String why = values.wrong().get(0).message();
        return new AddResp.Result(path, Codes.REQUIRED_FAILED, why, "", values.wrong(), Map.of());
      }
      int number = object.create(parent, values.good());
      List<Integer> numbers = new ArrayList<>(parent);
      numbers.add(number);
      Found found = new Found(object, numbers);
      created.add(found);
      return new AddResp.Result(path, 0, "", found.path(), values.wrong(), Reading.keys(found));
    } catch (ModelException e) {
      return new AddResp.Result(path, e.code(), e.getMessage(), "", List.of(), Map.of());
    }
  }

  private ModelObject table(PathExpression path) throws ModelException {
    String wanted = path.text().replaceAll("\\.[0-9]+(?=\\.)", ".{i}") + "{i}.";
    boolean known = false;
    for (ModelObject object : model.objects()) {
      if (object.path().equals(wanted) && path.object()) {
        if (object.creatable()) {
          return object;
        }
        throw new ModelException(Codes.NOT_CREATABLE, path.text() + " is not for you to add to");
      }
      known |= object.path().equals(path.text());
    }
    throw known
        ? new ModelException(Codes.NOT_A_TABLE, path.text() + " is no table")
        : new ModelException(PathExpression.INVALID_PATH, path.text() + " is no table here");
  }

  private static void uncreate(Found found) {
    try {
      found.object().delete(found.numbers());
    } catch (ModelException e) {
      // It is gone already, which is what was wanted.
      System.getLogger(Writing.class.getName())
          .log(System.Logger.Level.DEBUG, "{0}: {1}", found.path(), e.getMessage());
    }
  }

  Body delete(Delete request) {
    Map<String, List<Found>> found = new LinkedHashMap<>();
    Map<String, ModelException> failed = new LinkedHashMap<>();
    for (String path : request.paths()) {
      try {
        List<Found> objects = exactly(PathExpression.parse(path));
        for (Found each : objects) {
          if (!each.object().creatable()) {
            throw new ModelException(Codes.NOT_DELETED, each.path() + " can't be deleted");
          }
        }
        found.put(path, objects);
      } catch (ModelException e) {
        failed.put(path, e);
      }
    }
    if (!request.allowPartial() && !failed.isEmpty()) {
      ModelException first = failed.values().iterator().next();
      List<ParamError> errors = new ArrayList<>();
      failed.forEach((path, e) -> errors.add(new ParamError(path, e.code(), e.getMessage())));
      return new UspError(first.code(), "nothing was deleted: " + first.getMessage(), errors);
    }
    List<DeleteResp.Result> results = new ArrayList<>();
    for (String path : request.paths()) {
      ModelException e = failed.get(path);
      results.add(
          e != null
              ? new DeleteResp.Result(path, e.code(), e.getMessage(), List.of(), List.of())
              : deleted(path, found.get(path)));
    }
    return new DeleteResp(results);
  }

  private static DeleteResp.Result deleted(String path, List<Found> objects) {
    List<String> gone = new ArrayList<>();
    List<ParamError> stay = new ArrayList<>();
    for (Found each : objects) {
      try {
        each.object().delete(each.numbers());
        gone.add(each.path());
      } catch (ModelException e) {
        stay.add(new ParamError(each.path(), e.code(), e.getMessage()));
      }
    }
    return new DeleteResp.Result(path, 0, "", gone, stay);
  }
}
