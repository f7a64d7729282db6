package tv.hearth.tests.benchmarks.process;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import tv.hearth.launcher.ui.Output;

/** The figures of a benchmark, and whether its goals were reached. One thread at a time. */
public final class Figures {
  private final Output out;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private boolean reached = true;

  /** Tells each goal as it comes. */
  public Figures(Output out) {
    this.out = out;
  }

  /** A figure without a goal. */
  public void put(String name, Object value) {
    values.put(name, value);
  }

  /** A figure that must not be above its goal. */
  public void atMost(String name, String what, double value, double goal) {
    judge(name, what, value, value <= goal, "at most", goal);
  }

  /** A figure that must not be below its goal. */
  public void atLeast(String name, String what, double value, double goal) {
    judge(name, what, value, value >= goal, "at least", goal);
  }

  private void judge(
      String name, String what, double value, boolean met, String bound, double goal) {
    values.put(name, value);
    reached &= met;
    out.say(
        String.format(
            Locale.ROOT,
            "%s  %s: %s %.2f (goal: %s %s)",
            met ? "PASS" : "FAIL",
            name,
            what,
            value,
            bound,
            goal));
  }

  /** Tells programs all figures; the exit status. */
  public int end() {
    values.put("ok", reached);
    out.result(values);
    return reached ? 0 : 1;
  }
}
