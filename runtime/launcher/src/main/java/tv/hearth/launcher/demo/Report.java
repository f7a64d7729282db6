package tv.hearth.launcher.demo;

import java.util.LinkedHashMap;
import java.util.Map;

/** The figures of a run, in order, and whether all was right. One thread at a time. */
public final class Report {
  private final Map<String, Object> values = new LinkedHashMap<>();
  private boolean right = true;

  void put(String name, Object value) {
    values.put(name, value);
  }

  /** Something that must hold. */
  void require(String name, boolean holds) {
    values.put(name, holds);
    right &= holds;
  }

  /** True where everything that must hold did. */
  public boolean allRight() {
    return right;
  }

  /** The figures, with {@code ok} last. */
  public Map<String, Object> values() {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("ok", right);
    return all;
  }
}
