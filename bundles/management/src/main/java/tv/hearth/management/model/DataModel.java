package tv.hearth.management.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;

/** All objects, and what a path finds among them. Thread-safe. */
public final class DataModel {
  private final Supplier<List<ModelObject>> objects;

  /** Over the objects that are there whenever it is asked. */
  public DataModel(Supplier<List<ModelObject>> objects) {
    this.objects = objects;
  }

  /** All objects, in the order of their paths. */
  public List<ModelObject> objects() {
    return objects.get().stream().sorted(Comparator.comparing(ModelObject::path)).toList();
  }

  /**
   * The objects at a path.
   *
   * @throws ModelException 7026 where no such path is supported, 7016 where it names an instance
   *     that is not there
   */
  public List<Found> at(PathExpression path) throws ModelException {
    return find(path, path.segments().size());
  }

  /** The objects at a path and beneath it, down to so many levels; 0 for all. */
  public List<Found> beneath(PathExpression path, int levels) throws ModelException {
    int most = levels == 0 ? Integer.MAX_VALUE : path.segments().size() + levels - 1;
    return find(path, most);
  }

  private List<Found> find(PathExpression path, int mostSegments) throws ModelException {
    List<Found> found = new ArrayList<>();
    boolean supported = false;
    for (ModelObject object : objects()) {
      List<String> template = segments(object.path());
      if (!fits(path.segments(), template)) {
        continue;
      }
      supported = true;
      if (levels(template, path.segments().size()) > mostSegments) {
        continue;
      }
      for (List<Integer> numbers : object.instances()) {
        if (matches(path, template, numbers)) {
          found.add(new Found(object, numbers));
        }
      }
    }
    if (!supported) {
      throw new ModelException(
          PathExpression.INVALID_PATH, path.text() + " is nothing that this box supports");
    }
    boolean named = path.segments().stream().anyMatch(segment -> segment.matches("[0-9]+"));
    boolean searched = path.segments().stream().anyMatch(s -> s.equals("*") || s.startsWith("["));
    if (found.isEmpty() && named && !searched) {
      throw new ModelException(ModelException.NO_SUCH_OBJECT, path.text() + " is not there");
    }
    return found;
  }

  /** A level deeper is a name; an instance number belongs to the name before it. */
  private static int levels(List<String> template, int from) {
    int levels = from;
    for (int i = from; i < template.size(); i++) {
      levels += template.get(i).equals("{i}") ? 0 : 1;
    }
    return levels;
  }

  /** A template's segments. */
  public static List<String> segments(String path) {
    return List.of(path.substring(0, path.length() - 1).split("\\."));
  }

  /** Whether a template begins as the path does. */
  private static boolean fits(List<String> path, List<String> template) {
    if (template.size() < path.size()) {
      return false;
    }
    for (int i = 0; i < path.size(); i++) {
      boolean instance = template.get(i).equals("{i}");
      if (instance != PathExpression.instance(path.get(i))
          || !instance && !template.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean matches(PathExpression path, List<String> template, List<Integer> numbers)
      throws ModelException {
    int next = 0;
    for (int i = 0; i < path.segments().size(); i++) {
      if (template.get(i).equals("{i}")) {
        String wanted = path.segments().get(i);
        int number = numbers.get(next++);
        if (wanted.startsWith("[")) {
          String text = wanted.substring(1, wanted.length() - 1);
          String prefix = String.join(".", template.subList(0, i + 1)) + ".";
          List<Integer> own = numbers.subList(0, next);
          if (!SearchExpression.parse(text).matches(name -> value(prefix, own, name))) {
            return false;
          }
        } else if (!wanted.equals("*") && !wanted.equals(String.valueOf(number))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A parameter of the object with that path, or of a single object beneath it. */
  private String value(String prefix, List<Integer> numbers, String relative)
      throws ModelException {
    int dot = relative.lastIndexOf('.') + 1;
    String path = prefix + relative.substring(0, dot);
    for (ModelObject object : objects()) {
      if (object.path().equals(path)) {
        Found found = new Found(object, numbers);
        String name = relative.substring(dot);
        return found.parameter(name) == null ? null : found.value(name);
      }
    }
    return null;
  }
}
