package tv.hearth.management.object;

import java.util.List;
import java.util.Map;
import tv.hearth.api.datamodel.Command;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.EventType;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;

/** {@code Device.SoftwareModules.}: what runs here, and how it is replaced. */
public final class SoftwareModules implements ModelObject {
  private final Operations operations;
  private final ExecutionUnits units;

  /** Over these. */
  public SoftwareModules(Operations operations, ExecutionUnits units) {
    this.operations = operations;
    this.units = units;
  }

  @Override
  public String path() {
    return "Device.SoftwareModules.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.read("ExecEnvNumberOfEntries", Type.UNSIGNED_INT),
        Parameter.read("DeploymentUnitNumberOfEntries", Type.UNSIGNED_INT),
        Parameter.read("ExecutionUnitNumberOfEntries", Type.UNSIGNED_INT));
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command(
            "InstallDU()",
            true,
            List.of("URL", "UUID", "Username", "Password", "ExecutionEnvRef"),
            List.of()));
  }

  @Override
  public List<EventType> events() {
    return List.of(
        new EventType(
            "DUStateChange!",
            List.of(
                "UUID",
                "DeploymentUnitRef",
                "Version",
                "CurrentState",
                "Resolved",
                "ExecutionUnitRefList",
                "StartTime",
                "CompleteTime",
                "OperationPerformed",
                "Fault.FaultCode",
                "Fault.FaultString")));
  }

  @Override
  public String value(List<Integer> instance, String parameter) {
    return parameter.equals("ExecutionUnitNumberOfEntries")
        ? String.valueOf(units.instances().size())
        : "1";
  }

  @Override
  public Map<String, String> operate(
      List<Integer> instance, String command, Map<String, String> inputs, Completion completion)
      throws ModelException {
    operations.install(inputs, completion);
    return Map.of();
  }
}
