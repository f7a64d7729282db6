package tv.hearth.management.object;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.EventSink;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateListener;

/** From commands to the update agent's operations, and back. Thread-safe. */
public final class Operations implements UpdateListener {
  private static final String OBJECT = "Device.SoftwareModules.";

  private final Supplier<Optional<UpdateAgent>> agent;
  private final Function<String, Optional<Completion>> running;
  private final EventSink events;

  /**
   * Over the update agent that may be there.
   *
   * @param running a command that runs, by its id
   */
  public Operations(
      Supplier<Optional<UpdateAgent>> agent,
      Function<String, Optional<Completion>> running,
      EventSink events) {
    this.agent = agent;
    this.running = running;
    this.events = events;
  }

  UpdateAgent agent() throws ModelException {
    return agent
        .get()
        .orElseThrow(
            () ->
                new ModelException(
                    ModelException.INTERNAL_ERROR, "the bundle update is not there: try again"));
  }

  void install(Map<String, String> inputs, Completion completion) throws ModelException {
    String url = inputs.getOrDefault("URL", "");
    String target =
        ReleaseUrl.target(url)
            .orElseThrow(
                () ->
                    new ModelException(
                        ModelException.INVALID_COMMAND_ARGUMENTS,
                        "the URL names no signed release: tuf:release/NAME/VERSION.json, or"
                            + " https://…/targets/release/NAME/VERSION.json"));
    String environment = inputs.getOrDefault("ExecutionEnvRef", "");
    if (!environment.isEmpty() && !environment.startsWith(OBJECT + "ExecEnv.1")) {
      throw new ModelException(7223, "there is one execution environment, " + OBJECT + "ExecEnv.1");
    }
    try {
      Operation started = agent().start(completion.id(), target);
      if (started.ended()) {
        changed(started);
      }
    } catch (UpdateException e) {
      throw new ModelException(
          Faults.code(Optional.of(e.problem())), e.problem() + ": " + e.getMessage());
    }
  }

  /** Asks an operation to end. */
  public void cancel(String id) {
    agent.get().ifPresent(update -> update.cancel(id));
  }

  /** What ended while nobody heard it, as over a restart; to be called once the agent is there. */
  public void catchUp(UpdateAgent update) {
    for (Operation operation : update.operations()) {
      if (operation.ended() && running.apply(operation.id()).isPresent()) {
        changed(operation);
      }
    }
  }

  @Override
  public void changed(Operation operation) {
    if (!operation.ended()) {
      return;
    }
    boolean done = operation.phase() == Operation.Phase.COMMITTED;
    int code = done ? 0 : Faults.code(operation);
    events.event(OBJECT, "DUStateChange!", arguments(operation, code));
    running
        .apply(operation.id())
        .ifPresent(
            completion -> {
              if (done) {
                completion.succeeded(Map.of());
              } else {
                completion.failed(code, reason(operation));
              }
            });
  }

  /** The problem's name goes first: several have one code of the standard. */
  private static String reason(Operation operation) {
    return operation.failure().map(problem -> problem + ": ").orElse("") + operation.reason();
  }

  private Map<String, String> arguments(Operation operation, int code) {
    Optional<Release> installed = agent.get().map(UpdateAgent::installed);
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("UUID", installed.map(DeploymentUnits::uuid).orElse(""));
    arguments.put("DeploymentUnitRef", OBJECT + "DeploymentUnit.1");
    arguments.put("Version", installed.map(Release::version).orElse(""));
    arguments.put("CurrentState", "Installed");
    arguments.put("Resolved", "true");
    arguments.put("ExecutionUnitRefList", installed.map(ExecutionUnits::paths).orElse(""));
    arguments.put("StartTime", Times.of(operation.startedMillis()));
    arguments.put("CompleteTime", Times.of(operation.endedMillis()));
    arguments.put("OperationPerformed", "Update");
    arguments.put("Fault.FaultCode", String.valueOf(code));
    arguments.put("Fault.FaultString", reason(operation));
    return arguments;
  }
}
