package tv.hearth.management.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.usp.message.ParamError;
import tv.hearth.usp.message.Setting;

/** New values against an object's parameters: those that can be, and what is wrong with others. */
record Values(Map<String, String> good, List<ParamError> wrong, boolean requiredFailed) {
  static Values of(ModelObject object, String path, List<Setting> settings) {
    Map<String, String> good = new LinkedHashMap<>();
    List<ParamError> wrong = new ArrayList<>();
    boolean required = false;
    for (Setting setting : settings) {
      try {
        check(object, setting);
        good.put(setting.param(), setting.value());
      } catch (ModelException e) {
        wrong.add(new ParamError(path + setting.param(), e.code(), e.getMessage()));
        required |= setting.required();
      }
    }
    return new Values(good, wrong, required);
  }

  private static void check(ModelObject object, Setting setting) throws ModelException {
    for (Parameter parameter : object.parameters()) {
      if (parameter.name().equals(setting.param())) {
        if (!parameter.writable()) {
          throw new ModelException(Codes.NOT_WRITABLE, setting.param() + " is read only");
        }
        if (!fits(parameter.type(), setting.value())) {
          throw new ModelException(
              Codes.INVALID_TYPE, setting.param() + " wants a value of " + parameter.type());
        }
        return;
      }
    }
    throw new ModelException(Codes.UNSUPPORTED_PARAMETER, "no parameter " + setting.param());
  }

  private static boolean fits(Parameter.Type type, String value) {
    return switch (type) {
      case BOOLEAN -> value.matches("true|false|1|0");
      case INT -> value.matches("-?[0-9]{1,10}") && inRange(value, Integer.MIN_VALUE, 1L << 31);
      case UNSIGNED_INT -> value.matches("[0-9]{1,10}") && inRange(value, 0, 1L << 32);
      case LONG -> value.matches("-?[0-9]{1,18}");
      case UNSIGNED_LONG -> value.matches("[0-9]{1,18}");
      case DECIMAL -> value.matches("-?[0-9]{1,30}(\\.[0-9]{1,30})?");
      case DATE_TIME -> value.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,18}(Z|[+-][0-9:]{5})?");
      case HEX_BINARY -> value.matches("([0-9A-Fa-f]{2})*");
      case BASE64 -> value.matches("[A-Za-z0-9+/]*={0,2}");
      case STRING -> value.length() <= 65_536;
    };
  }

  private static boolean inRange(String value, long from, long to) {
    long number = Long.parseLong(value);
    return number >= from && number < to;
  }
}
