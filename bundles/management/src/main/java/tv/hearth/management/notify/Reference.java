package tv.hearth.management.notify;

import java.util.List;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.model.PathExpression;

/** Whether a path that something happened at is one that a subscription refers to. Pure. */
final class Reference {
  private Reference() {}

  /**
   * Whether it is.
   *
   * @param reference a path with {@code *} or numbers for instances; with a dot at its end it
   *     stands for everything beneath it
   * @param path instantiated
   */
  static boolean covers(String reference, String path) {
    try {
      PathExpression wanted = PathExpression.parse(reference);
      List<String> segments = DataModel.segments(path.endsWith(".") ? path : path + ".");
      boolean fits =
          wanted.object()
              ? segments.size() >= wanted.segments().size()
              : segments.size() == wanted.segments().size();
      if (!fits) {
        return false;
      }
      for (int i = 0; i < wanted.segments().size(); i++) {
        String segment = wanted.segments().get(i);
        boolean any = segment.equals("*") || segment.equals("{i}");
        if (any ? !segments.get(i).matches("[0-9]+") : !segment.equals(segments.get(i))) {
          return false;
        }
      }
      return true;
    } catch (ModelException e) {
      // Was checked when it was set; whatever it is, it refers to nothing.
      return false;
    }
  }
}
