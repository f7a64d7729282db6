package tv.hearth.management.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.api.datamodel.Command;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Release;

/**
 * {@code Device.SoftwareModules.DeploymentUnit.{i}.}: the release that is installed. A box runs one
 * at a time, so there is one instance, which is updated from release to release.
 */
public final class DeploymentUnits implements ModelObject {
  private static final String VENDOR = "tv.hearth";
  private final Operations operations;

  /** Over the update agent. */
  public DeploymentUnits(Operations operations) {
    this.operations = operations;
  }

  static String uuid(Release release) {
    return ReleaseUuid.of(VENDOR, release.name());
  }

  @Override
  public String path() {
    return "Device.SoftwareModules.DeploymentUnit.{i}.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.read("UUID", Type.STRING),
        Parameter.read("DUID", Type.STRING),
        Parameter.read("Alias", Type.STRING),
        Parameter.read("Name", Type.STRING),
        Parameter.read("Status", Type.STRING),
        Parameter.read("Resolved", Type.BOOLEAN),
        Parameter.read("URL", Type.STRING),
        Parameter.read("Description", Type.STRING),
        Parameter.read("Vendor", Type.STRING),
        Parameter.read("Version", Type.STRING),
        Parameter.read("VendorLogList", Type.STRING),
        Parameter.read("VendorConfigList", Type.STRING),
        Parameter.read("ExecutionUnitList", Type.STRING),
        Parameter.read("ExecutionEnvRef", Type.STRING),
        Parameter.read("X_HEARTH_Counter", Type.UNSIGNED_LONG),
        Parameter.read("X_HEARTH_Ailing", Type.STRING));
  }

  @Override
  public List<Command> commands() {
    return List.of(
        new Command("Update()", true, List.of("URL", "Username", "Password"), List.of()),
        new Command("Uninstall()", true, List.of(), List.of()));
  }

  @Override
  public List<List<String>> uniqueKeys() {
    return List.of(List.of("UUID", "Version", "ExecutionEnvRef"), List.of("Alias"));
  }

  @Override
  public List<List<Integer>> instances() {
    return List.of(List.of(1));
  }

  @Override
  public String value(List<Integer> instance, String parameter) throws ModelException {
    Release release = operations.agent().installed();
    return switch (parameter) {
      case "UUID", "DUID" -> uuid(release);
      case "Alias" -> "cpe-1";
      case "Name" -> release.name();
      case "Status" -> status();
      case "Resolved" -> "true";
      case "URL" -> release.target().isEmpty() ? "" : "tuf:" + release.target();
      case "Description" ->
          release.counter() == 0 ? "the set that the firmware came with" : "a signed release";
      case "Vendor" -> VENDOR;
      case "Version" -> release.version();
      case "ExecutionUnitList" -> ExecutionUnits.paths(release);
      case "ExecutionEnvRef" -> "Device.SoftwareModules.ExecEnv.1";
      case "X_HEARTH_Counter" -> String.valueOf(release.counter());
      case "X_HEARTH_Ailing" -> ailing();
      default -> "";
    };
  }

  /** Which release it went back from, to this one, and what is wrong with this one since. */
  private String ailing() throws ModelException {
    return operations.agent().operations().stream()
        .filter(
            op ->
                op.phase() == Operation.Phase.COMMITTED
                    || op.phase() == Operation.Phase.ROLLED_BACK)
        .reduce((first, second) -> second)
        .filter(op -> !op.ailing().isEmpty())
        .map(op -> "went back from " + op.target() + ", but: " + op.ailing())
        .orElse("");
  }

  private String status() throws ModelException {
    List<Operation> all = operations.agent().operations();
    boolean busy = !all.isEmpty() && !all.get(all.size() - 1).ended();
    return busy ? "Updating" : "Installed";
  }

  @Override
  public Map<String, String> operate(
      List<Integer> instance, String command, Map<String, String> inputs, Completion completion)
      throws ModelException {
    if (command.equals("Uninstall()")) {
      throw new ModelException(
          ModelException.REQUEST_DENIED,
          "a box always runs a release: install another one in its place");
    }
    Map<String, String> all = new LinkedHashMap<>(inputs);
    if (all.getOrDefault("URL", "").isEmpty()) {
      all.put("URL", value(instance, "URL"));
    }
    operations.install(all, completion);
    return Map.of();
  }
}
