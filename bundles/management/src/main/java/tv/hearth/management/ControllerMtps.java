package tv.hearth.management;

import java.util.List;
import java.util.function.Supplier;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;

/**
 * {@code Device.LocalAgent.Controller.{i}.MTP.{i}.}: how each controller is reached; each has one
 * way. Immutable.
 */
final class ControllerMtps implements ModelObject {
  private static final String PATH = "Device.LocalAgent.Controller.{i}.MTP.{i}.";
  private final Controllers controllers;

  ControllerMtps(Controllers controllers) {
    this.controllers = controllers;
  }

  private static List<List<Integer>> instances(Controllers controllers) {
    return controllers.instances().stream().map(one -> List.of(one.get(0), 1)).toList();
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.read("Alias", Type.STRING),
        Parameter.read("Enable", Type.BOOLEAN),
        Parameter.read("Protocol", Type.STRING));
  }

  @Override
  public List<List<String>> uniqueKeys() {
    return List.of(List.of("Alias"), List.of("Protocol"));
  }

  @Override
  public List<List<Integer>> instances() {
    return instances(controllers);
  }

  @Override
  public String value(List<Integer> instance, String parameter) {
    return switch (parameter) {
      case "Alias" -> "cpe-1";
      case "Enable" -> "true";
      default -> "MQTT";
    };
  }

  /** The topic at which a controller is told what it did not just ask for. */
  static final class Mqtt implements ModelObject {
    private final Controllers controllers;
    private final Supplier<String> base;

    /**
     * Over these.
     *
     * @param base {@code hearth/v1/NEIGHBOURHOOD/box/BOX/}; empty before the box knows it
     */
    Mqtt(Controllers controllers, Supplier<String> base) {
      this.controllers = controllers;
      this.base = base;
    }

    @Override
    public String path() {
      return PATH + "MQTT.";
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(Parameter.read("Topic", Type.STRING));
    }

    @Override
    public List<List<Integer>> instances() {
      return ControllerMtps.instances(controllers);
    }

    @Override
    public String value(List<Integer> instance, String parameter) throws ModelException {
      String endpoint = controllers.value(instance.subList(0, 1), "EndpointID");
      return base.get() + controllers.topicOf(endpoint);
    }
  }
}
