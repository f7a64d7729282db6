package tv.hearth.management.object;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tv.hearth.api.datamodel.Command;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.Unit;
import tv.hearth.api.update.UpdateException;

/**
 * {@code Device.SoftwareModules.ExecutionUnit.{i}.}: our bundles in the framework, by their bundle
 * ids, which an update keeps. The vendor's are not shown.
 */
public final class ExecutionUnits implements ModelObject {
  private static final String PATH = "Device.SoftwareModules.ExecutionUnit.";
  private final Operations operations;

  /** Over the update agent. */
  public ExecutionUnits(Operations operations) {
    this.operations = operations;
  }

  static String paths(Release release) {
    return release.units().stream()
        .filter(unit -> unit.bundleId() > 0)
        .map(unit -> PATH + unit.bundleId())
        .collect(Collectors.joining(","));
  }

  @Override
  public String path() {
    return PATH + "{i}.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.read("EUID", Type.STRING),
        Parameter.read("Alias", Type.STRING),
        Parameter.read("Name", Type.STRING),
        Parameter.read("ExecEnvLabel", Type.STRING),
        Parameter.read("Status", Type.STRING),
        Parameter.read("ExecutionFaultCode", Type.STRING),
        Parameter.read("ExecutionFaultMessage", Type.STRING),
        Parameter.read("AutoStart", Type.BOOLEAN),
        Parameter.read("Vendor", Type.STRING),
        Parameter.read("Version", Type.STRING),
        Parameter.read("Description", Type.STRING),
        Parameter.read("References", Type.STRING),
        Parameter.read("ExecutionEnvRef", Type.STRING));
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("SetRequestedState()", true, List.of("RequestedState"), List.of()),
        new Command("Restart()", true, List.of(), List.of()));
  }

  @Override
  public List<List<String>> uniqueKeys() {
    return List.of(List.of("EUID"), List.of("Name", "ExecutionEnvRef"), List.of("Alias"));
  }

  @Override
  public List<List<Integer>> instances() {
    try {
      return operations.agent().installed().units().stream()
          .filter(unit -> unit.bundleId() > 0)
          .map(unit -> List.of((int) unit.bundleId()))
          .toList();
    } catch (ModelException e) {
      // Without the update agent nobody knows which bundles are ours.
      return List.of();
    }
  }

  private Unit unit(List<Integer> instance) throws ModelException {
    Optional<Unit> unit =
        operations.agent().installed().units().stream()
            .filter(each -> each.bundleId() == instance.get(0))
            .findFirst();
    return unit.orElseThrow(
        () -> new ModelException(ModelException.NO_SUCH_OBJECT, "that bundle is gone"));
  }

  @Override
  public String value(List<Integer> instance, String parameter) throws ModelException {
    Unit unit = unit(instance);
    return switch (parameter) {
      case "EUID", "Name", "ExecEnvLabel" -> unit.symbolicName();
      case "Alias" -> "cpe-" + unit.bundleId();
      case "Status" -> name(unit.state());
      case "ExecutionFaultCode" -> unit.reason().isEmpty() ? "NoFault" : "FailureOnStart";
      case "ExecutionFaultMessage" -> unit.reason();
      case "AutoStart" -> "true";
      case "Vendor" -> "tv.hearth";
      case "Version" -> unit.version();
      case "Description" -> unit.base() ? "of the firmware; no release takes it away" : "";
      case "ExecutionEnvRef" -> "Device.SoftwareModules.ExecEnv.1";
      default -> "";
    };
  }

  private static String name(Unit.State state) {
    return switch (state) {
      case IDLE -> "Idle";
      case STARTING -> "Starting";
      case ACTIVE -> "Active";
      case STOPPING -> "Stopping";
    };
  }

  @Override
  public Map<String, String> operate(
      List<Integer> instance, String command, Map<String, String> inputs, Completion completion)
      throws ModelException {
    Unit unit = unit(instance);
    String wanted =
        command.equals("Restart()") ? "Restart" : inputs.getOrDefault("RequestedState", "");
    try {
      switch (wanted) {
        case "Idle" -> operations.agent().set(unit.symbolicName(), Unit.State.IDLE);
        case "Active" -> operations.agent().set(unit.symbolicName(), Unit.State.ACTIVE);
        case "Restart" -> operations.agent().set(unit.symbolicName(), Unit.State.STARTING);
        default ->
            throw new ModelException(
                ModelException.INVALID_COMMAND_ARGUMENTS, "RequestedState is Idle or Active");
      }
      completion.succeeded(Map.of());
      return Map.of();
    } catch (UpdateException e) {
      throw new ModelException(Faults.code(Optional.of(e.problem())), e.getMessage());
    }
  }
}
