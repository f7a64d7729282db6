package tv.hearth.management.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.datamodel.ModelException;

/**
 * A search expression of TR-369 (section "Searching with Expressions"): components with {@code &&}
 * between, each a relative parameter path, an operator and a constant. Immutable.
 */
public final class SearchExpression {
  private static final int MOST = 16;
  private static final List<String> OPERATORS = List.of("==", "!=", "<=", ">=", "~=", "<", ">");
  private final List<Component> components;

  private record Component(String parameter, String operator, String constant) {}

  /** Looks a parameter up, by its path relative to the object; null where there is none. */
  public interface Values {
    /** The value. */
    String of(String relativePath) throws ModelException;
  }

  private SearchExpression(List<Component> components) {
    this.components = components;
  }

  /** Parses what stands between the brackets; 7008 where it can't be. */
  public static SearchExpression parse(String text) throws ModelException {
    List<Component> components = new ArrayList<>();
    int at = 0;
    while (true) {
      int from = at;
      while (at < text.length() && "=!<>~".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String parameter = text.substring(from, at).strip();
      String operator = operator(text, at);
      at += operator.length();
      StringBuilder constant = new StringBuilder();
      at = constant(text, at, constant);
      if (!parameter.matches("[A-Za-z_][A-Za-z0-9_.]*") || components.size() >= MOST) {
        throw bad(text);
      }
      components.add(new Component(parameter, operator, constant.toString()));
      if (at == text.length()) {
        return new SearchExpression(List.copyOf(components));
      }
      if (!text.startsWith("&&", at)) {
        throw bad(text);
      }
      at += 2;
    }
  }

  private static String operator(String text, int at) throws ModelException {
    for (String operator : OPERATORS) {
      if (text.startsWith(operator, at)) {
        return operator;
      }
    }
    throw bad(text);
  }

  private static int constant(String text, int from, StringBuilder into) throws ModelException {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '"') {
      int end = text.indexOf('"', at + 1);
      if (end < 0) {
        throw bad(text);
      }
      String quoted = text.substring(at + 1, end);
      into.append(quoted.replace("%22", "\"").replace("%25", "%"));
      at = end + 1;
    } else {
      while (at < text.length() && text.charAt(at) != '&') {
        into.append(text.charAt(at++));
      }
      into.setLength(into.toString().stripTrailing().length());
      if (into.isEmpty()) {
        throw bad(text);
      }
    }
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static ModelException bad(String text) {
    String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return new ModelException(
        PathExpression.INVALID_SYNTAX, "no search expression: [" + shown + "]");
  }

  /** Whether an object fits; 7026 where it has no such parameter. */
  public boolean matches(Values values) throws ModelException {
    for (Component component : components) {
      String value = values.of(component.parameter);
      if (value == null) {
        throw new ModelException(
            PathExpression.INVALID_PATH, "no parameter " + component.parameter + " to search by");
      }
      if (!matches(value, component)) {
        return false;
      }
    }
    return true;
  }

  private static boolean matches(String value, Component component) {
    if (component.operator.equals("~=")) {
      return List.of(value.split(",")).contains(component.constant);
    }
    int order = compare(value, component.constant);
    return switch (component.operator) {
      case "==" -> order == 0;
      case "!=" -> order != 0;
      case "<" -> order < 0;
      case ">" -> order > 0;
      case "<=" -> order <= 0;
      default -> order >= 0;
    };
  }

  private static int compare(String a, String b) {
    if (a.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?")
        && b.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?")) {
      return new BigDecimal(a).compareTo(new BigDecimal(b));
    }
    return a.compareTo(b);
  }
}
