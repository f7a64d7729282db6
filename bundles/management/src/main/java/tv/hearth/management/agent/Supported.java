package tv.hearth.management.agent;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.datamodel.Command;
import tv.hearth.api.datamodel.EventType;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.model.PathExpression;
import tv.hearth.usp.message.GetSupportedDm;
import tv.hearth.usp.message.GetSupportedDmResp;
import tv.hearth.usp.message.GetSupportedDmResp.SupportedObject;

/** GetSupportedDM. */
final class Supported {
  private static final String URI = "urn:broadband-forum-org:tr-181-2-16-0-usp";

  /** The wire's numbers of TR-106's types, in the order of {@link Parameter.Type}. */
  private static final int FIRST_TYPE = 1;

  private final DataModel model;

  Supported(DataModel model) {
    this.model = model;
  }

  GetSupportedDmResp answer(GetSupportedDm request) {
    List<GetSupportedDmResp.PathResult> results = new ArrayList<>();
    for (String path : request.paths()) {
      try {
        List<SupportedObject> objects = objects(PathExpression.parse(path), request);
        results.add(new GetSupportedDmResp.PathResult(path, 0, "", URI, objects));
      } catch (ModelException e) {
        results.add(
            new GetSupportedDmResp.PathResult(path, e.code(), e.getMessage(), "", List.of()));
      }
    }
    return new GetSupportedDmResp(results);
  }

  private List<SupportedObject> objects(PathExpression path, GetSupportedDm request)
      throws ModelException {
    String wanted = path.text().replaceAll("\\.([0-9]+|\\*|\\[[^]]*\\])(?=\\.)", ".{i}");
    List<SupportedObject> objects = new ArrayList<>();
    int depth = wanted.split("\\.").length;
    for (ModelObject object : model.objects()) {
      if (object.path().startsWith(wanted) && path.object()) {
        List<String> rest = DataModel.segments(object.path()).subList(depth, segments(object));
        long names = rest.stream().filter(segment -> !segment.equals("{i}")).count();
        if (!request.firstLevelOnly() || names <= 1) {
          objects.add(supported(object, request));
        }
      }
    }
    if (objects.isEmpty()) {
      throw new ModelException(
          PathExpression.INVALID_PATH, path.text() + " is nothing that this box supports");
    }
    return objects;
  }

  private static int segments(ModelObject object) {
    return DataModel.segments(object.path()).size();
  }

  private static SupportedObject supported(ModelObject object, GetSupportedDm request) {
    List<GetSupportedDmResp.Command> commands = new ArrayList<>();
    List<GetSupportedDmResp.Event> events = new ArrayList<>();
    List<GetSupportedDmResp.Param> params = new ArrayList<>();
    List<GetSupportedDmResp.UniqueKeySet> keys = new ArrayList<>();
    if (request.commands()) {
      for (Command command : object.commands()) {
        int kind = command.asynchronous() ? 2 : 1;
        commands.add(
            new GetSupportedDmResp.Command(
                command.name(), command.inputs(), command.outputs(), kind));
      }
    }
    if (request.events()) {
      for (EventType event : object.events()) {
        events.add(new GetSupportedDmResp.Event(event.name(), event.arguments()));
      }
    }
    if (request.params()) {
      for (Parameter parameter : object.parameters()) {
        int type = parameter.type().ordinal() + FIRST_TYPE;
        params.add(
            new GetSupportedDmResp.Param(parameter.name(), parameter.writable() ? 1 : 0, type, 1));
      }
    }
    if (request.uniqueKeySets()) {
      object.uniqueKeys().forEach(set -> keys.add(new GetSupportedDmResp.UniqueKeySet(set)));
    }
    boolean many = object.path().endsWith("{i}.");
    int access = object.creatable() ? 1 : 0;
    return new SupportedObject(
        object.path(), access, many, commands, events, params, List.of(), keys);
  }
}
