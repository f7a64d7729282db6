package tv.hearth.headend.campaign.rollout;

import java.util.regex.Pattern;

/**
 * Boxes of one model at one location, or a share of them.
 *
 * @param model as the map has it; {@value #ANY} for all
 * @param location a PID; {@value #ANY} for all
 * @param percent how many of them, 1…100; rounded up
 */
public record Group(String model, String location, int percent) {
  private static final Pattern FORM = Pattern.compile("\\*|[A-Za-z0-9._:/ -]{1,64}");

  /** Any model or location. */
  public static final String ANY = "*";

  /** Everybody. */
  public static final Group ALL = new Group(ANY, ANY, 100);

  /** Throws {@link IllegalArgumentException} for values that can't be. */
  public Group {
    if (!FORM.matcher(model).matches() || !FORM.matcher(location).matches()) {
      throw new IllegalArgumentException("a group's model or location can't be: " + model);
    }
    if (percent < 1 || percent > 100) {
      throw new IllegalArgumentException("a group's percentage is not 1…100: " + percent);
    }
  }

  /** Parses {@code model=M,location=L,percent=P}; each may be left out. */
  public static Group parse(String text) {
    String model = ANY;
    String location = ANY;
    int percent = 100;
    for (String part : text.split(",")) {
      String[] pair = part.strip().split("=", 2);
      String value = pair.length == 2 ? pair[1].strip() : "";
      switch (pair[0]) {
        case "model":
          model = value;
          break;
        case "location":
          location = value;
          break;
        case "percent":
          percent = percent(value);
          break;
        default:
          throw new IllegalArgumentException(
              "a group is model=M,location=L,percent=P, each may be left out; not " + text);
      }
    }
    return new Group(model, location, percent);
  }

  private static int percent(String value) {
    try {
      return Integer.parseInt(value.replace("%", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a group's percentage is not 1…100: " + value, e);
    }
  }

  /** Whether that box is of it, before the percentage. */
  boolean holds(Candidate box) {
    return (model.equals(ANY) || model.equals(box.model()))
        && (location.equals(ANY) || location.equals(box.location()));
  }

  @Override
  public String toString() {
    return "model=" + model + ",location=" + location + ",percent=" + percent;
  }
}
