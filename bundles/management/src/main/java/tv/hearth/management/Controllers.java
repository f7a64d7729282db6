package tv.hearth.management;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.management.agent.Trust;

/**
 * {@code Device.LocalAgent.Controller.{i}.}: who may ask, as this box is configured. No controller
 * makes another one. Immutable.
 */
final class Controllers implements ModelObject {
  private static final String HEADEND = "proto::hearth-headend";
  private static final String TOPIC = "up/usp";
  private static final String ENDPOINT = "[a-z]{2,8}:[A-Za-z0-9._:%-]{1,120}";

  private final List<Controller> all;

  /** One. */
  record Controller(String endpoint, Trust trust) {}

  private Controllers(List<Controller> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Of {@code ENDPOINT} or {@code ENDPOINT|read} each.
   *
   * @throws IllegalArgumentException where one can't be
   */
  static Controllers parse(String... configured) {
    List<Controller> all = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String one : configured) {
      String[] parts = one.strip().split("\\|", 2);
      boolean read = parts.length == 2;
      if (!parts[0].matches(ENDPOINT) || read && !parts[1].equals("read") || !seen.add(parts[0])) {
        throw new IllegalArgumentException(
            "controllers: '" + one + "' is not ENDPOINT or ENDPOINT|read, or twice there");
      }
      all.add(new Controller(parts[0], read ? Trust.READ : Trust.FULL));
    }
    return new Controllers(all);
  }

  /**
   * Where a controller listens, beneath the box's own part of the topics: the headend at {@code
   * up/usp}, everybody else at a topic of its own, so that none sees another's answers.
   */
  String topicOf(String endpoint) {
    boolean known = endpoint.matches(ENDPOINT);
    return endpoint.equals(HEADEND) || !known ? TOPIC : TOPIC + "/" + endpoint;
  }

  Trust trust(String endpoint) {
    return find(endpoint).map(number -> all.get(number - 1).trust()).orElse(Trust.NONE);
  }

  private Optional<Integer> find(String endpoint) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).endpoint().equals(endpoint)) {
        return Optional.of(i + 1);
      }
    }
    return Optional.empty();
  }

  /** The path of a controller's object, without a dot at its end; empty where it is not known. */
  String pathOf(String endpoint) {
    return find(endpoint).map(number -> "Device.LocalAgent.Controller." + number).orElse("");
  }

  /** The endpoint of a controller's object. */
  Optional<String> endpointAt(String path) {
    String number = path.replace("Device.LocalAgent.Controller.", "");
    boolean known = number.matches("[1-9][0-9]{0,3}") && Integer.parseInt(number) <= all.size();
    return known ? Optional.of(all.get(Integer.parseInt(number) - 1).endpoint()) : Optional.empty();
  }

  List<String> endpoints() {
    return all.stream().map(Controller::endpoint).toList();
  }

  @Override
  public String path() {
    return "Device.LocalAgent.Controller.{i}.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.read("Alias", Type.STRING),
        Parameter.read("EndpointID", Type.STRING),
        Parameter.read("Enable", Type.BOOLEAN),
        Parameter.read("AssignedRole", Type.STRING));
  }

  @Override
  public List<List<String>> uniqueKeys() {
    return List.of(List.of("Alias"), List.of("EndpointID"));
  }

  @Override
  public List<List<Integer>> instances() {
    List<List<Integer>> instances = new ArrayList<>();
    for (int i = 1; i <= all.size(); i++) {
      instances.add(List.of(i));
    }
    return instances;
  }

  @Override
  public String value(List<Integer> instance, String parameter) throws ModelException {
    if (instance.get(0) > all.size()) {
      throw new ModelException(ModelException.NO_SUCH_OBJECT, "no such controller");
    }
    Controller one = all.get(instance.get(0) - 1);
    return switch (parameter) {
      case "Alias" -> "cpe-" + instance.get(0);
      case "EndpointID" -> one.endpoint();
      case "Enable" -> "true";
      default -> one.trust() == Trust.FULL ? "Full Access" : "Read Only";
    };
  }
}
