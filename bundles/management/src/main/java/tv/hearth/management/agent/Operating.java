package tv.hearth.management.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tv.hearth.api.datamodel.Command;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.model.Found;
import tv.hearth.management.model.PathExpression;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.OperateResp;
import tv.hearth.usp.message.Outcome;

/** Operate. */
final class Operating {
  private final DataModel model;
  private final Requests requests;

  Operating(DataModel model, Requests requests) {
    this.model = model;
    this.requests = requests;
  }

  OperateResp operate(String controller, Operate request) throws ModelException {
    PathExpression path = PathExpression.parse(request.command());
    if (path.object() || !path.last().endsWith("()")) {
      throw new ModelException(PathExpression.INVALID_PATH, path.text() + " is no command");
    }
    List<OperateResp.Result> results = new ArrayList<>();
    boolean known = false;
    for (Found found : model.at(path.parent())) {
      for (Command command : found.object().commands()) {
        if (command.name().equals(path.last()) && isAt(found, path.parent())) {
          known = true;
          results.add(run(controller, found, command, request));
        }
      }
    }
    boolean searched = path.text().contains("*") || path.text().contains("[");
    if (!known && !searched) {
      throw new ModelException(PathExpression.INVALID_PATH, path.text() + " is no command here");
    }
    return new OperateResp(results);
  }

  private static boolean isAt(Found found, PathExpression path) {
    return DataModel.segments(found.object().path()).size() == path.segments().size();
  }

  private OperateResp.Result run(String controller, Found found, Command command, Operate request) {
    String executed = found.path() + command.name();
    try {
      for (String input : request.inputs().keySet()) {
        if (command.inputs().stream().noneMatch(known -> fits(known, input))) {
          throw new ModelException(
              ModelException.INVALID_COMMAND_ARGUMENTS, command.name() + " takes no " + input);
        }
      }
      Requests.Run run =
          completion ->
              found.object().operate(found.numbers(), command.name(), request.inputs(), completion);
      if (command.asynchronous()) {
        String path = requests.start(controller, executed, request.commandKey(), run);
        return new OperateResp.Result(executed, path, Outcome.NOTHING);
      }
      Map<String, String> outputs = run.start(AT_ONCE);
      return new OperateResp.Result(executed, "", new Outcome(0, "", outputs));
    } catch (ModelException e) {
      Outcome failure = new Outcome(e.code(), e.getMessage(), Map.of());
      return new OperateResp.Result(executed, "", failure);
    }
  }

  private static boolean fits(String known, String input) {
    return input.equals(known) || input.replaceAll("\\.[0-9]+\\.", ".{i}.").equals(known);
  }

  /** A synchronous command has ended once it returned. */
  private static final Completion AT_ONCE =
      new Completion() {
        @Override
        public String id() {
          return "";
        }

        @Override
        public void succeeded(Map<String, String> outputs) {
          throw new IllegalStateException("a synchronous command ends by returning");
        }

        @Override
        public void failed(int code, String message) {
          throw new IllegalStateException("a synchronous command ends by returning");
        }
      };
}
