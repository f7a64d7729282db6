package tv.hearth.management.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tv.hearth.api.datamodel.EventType;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;

/** An object of which there is one instance, with parameters that are only read. */
public final class Fixed implements ModelObject {
  private final String path;
  private final List<Integer> numbers;
  private final List<EventType> events;
  private final Map<Parameter, Supplier<String>> values = new LinkedHashMap<>();

  /** At that path; each {@code {i}} in it is 1. */
  public Fixed(String path, EventType... events) {
    this.path = path;
    this.events = List.of(events);
    int tables = path.split("\\{i\\}", -1).length - 1;
    this.numbers = java.util.Collections.nCopies(tables, 1);
  }

  /** With a parameter; to be called before it is shown to anybody. */
  public Fixed with(String name, Type type, Supplier<String> value) {
    values.put(Parameter.read(name, type), value);
    return this;
  }

  /** With a text that stays. */
  public Fixed with(String name, String value) {
    return with(name, Type.STRING, () -> value);
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(values.keySet());
  }

  @Override
  public List<EventType> events() {
    return events;
  }

  @Override
  public List<List<String>> uniqueKeys() {
    boolean alias = values.keySet().stream().anyMatch(p -> p.name().equals("Alias"));
    return path.endsWith("{i}.") && alias ? List.of(List.of("Alias")) : List.of();
  }

  @Override
  public List<List<Integer>> instances() {
    return List.of(numbers);
  }

  @Override
  public String value(List<Integer> instance, String parameter) throws ModelException {
    for (var each : values.entrySet()) {
      if (each.getKey().name().equals(parameter)) {
        return each.getValue().get();
      }
    }
    throw new ModelException(ModelException.INTERNAL_ERROR, path + " has no " + parameter);
  }
}
