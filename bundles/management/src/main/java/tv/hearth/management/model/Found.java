package tv.hearth.management.model;

import java.util.List;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;

/**
 * An object that is there.
 *
 * @param numbers of the instance, as many as its path has {@code {i}}
 */
public record Found(ModelObject object, List<Integer> numbers) {
  /** Its instantiated path, with a dot at its end. */
  public String path() {
    return instantiate(object.path(), numbers);
  }

  static String instantiate(String template, List<Integer> numbers) {
    String path = template;
    for (int number : numbers) {
      path = path.replaceFirst("\\{i\\}", String.valueOf(number));
    }
    return path;
  }

  /** The parameter of that name; null where it has none. */
  public Parameter parameter(String name) {
    for (Parameter parameter : object.parameters()) {
      if (parameter.name().equals(name)) {
        return parameter;
      }
    }
    return null;
  }

  /** A parameter's value. */
  public String value(String name) throws ModelException {
    return object.value(numbers, name);
  }
}
