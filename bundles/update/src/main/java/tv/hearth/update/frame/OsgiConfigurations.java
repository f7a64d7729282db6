package tv.hearth.update.frame;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.SetRecord;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.json.JsonValue;
import tv.hearth.update.engine.Ports;

/**
 * A set's configuration by ConfigurationAdmin. What a box was configured with by others stays above
 * it: a release gives values only to keys that nobody else set. Which ones it gave is remembered in
 * the configuration itself, so that the next set takes them back.
 */
public final class OsgiConfigurations implements Ports.Configurations {
  private static final String GIVEN = "hearth.release.keys";

  private final Supplier<ConfigurationAdmin> admin;

  /** Null from the supplier: there is none now. */
  public OsgiConfigurations(Supplier<ConfigurationAdmin> admin) {
    this.admin = admin;
  }

  @Override
  public void apply(SetRecord set) throws UpdateException {
    ConfigurationAdmin service = admin.get();
    if (service == null) {
      if (set.configurations().isEmpty()) {
        return;
      }
      throw failed("ConfigurationAdmin is not there", null);
    }
    try {
      takeBack(service, set);
      for (Map.Entry<String, String> each : set.configurations().entrySet()) {
        JsonObject values = JsonParser.object(each.getValue().getBytes(StandardCharsets.UTF_8));
        give(service.getConfiguration(each.getKey(), "?"), values);
      }
    } catch (IOException | InvalidSyntaxException | JsonException e) {
      throw failed(e.getMessage(), e);
    }
  }

  private static void takeBack(ConfigurationAdmin service, SetRecord set)
      throws IOException, InvalidSyntaxException {
    Configuration[] given = service.listConfigurations("(" + GIVEN + "=*)");
    for (Configuration configuration : given == null ? new Configuration[0] : given) {
      if (!set.configurations().containsKey(configuration.getPid())) {
        Hashtable<String, Object> others = others(configuration);
        if (others.isEmpty()) {
          configuration.delete();
        } else {
          configuration.update(others);
        }
      }
    }
  }

  private static void give(Configuration configuration, JsonObject values)
      throws IOException, JsonException {
    Hashtable<String, Object> next = others(configuration);
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, JsonValue> value : values.members().entrySet()) {
      if (!next.containsKey(value.getKey())) {
        next.put(value.getKey(), plain(value.getValue()));
        keys.add(value.getKey());
      }
    }
    next.put(GIVEN, keys.toArray(String[]::new));
    if (!same(next, configuration.getProperties())) {
      configuration.update(next);
    }
  }

  /** What others than a release set. */
  private static Hashtable<String, Object> others(Configuration configuration) {
    Hashtable<String, Object> others = new Hashtable<>();
    Dictionary<String, Object> all = configuration.getProperties();
    if (all != null) {
      for (Enumeration<String> keys = all.keys(); keys.hasMoreElements(); ) {
        String key = keys.nextElement();
        others.put(key, all.get(key));
      }
      Object given = others.remove(GIVEN);
      if (given instanceof String[] names) {
        Arrays.stream(names).forEach(others::remove);
      }
      others.remove("service.pid");
    }
    return others;
  }

  private static boolean same(Hashtable<String, Object> a, Dictionary<String, Object> b) {
    if (b == null) {
      return false;
    }
    for (Map.Entry<String, Object> each : a.entrySet()) {
      if (!Objects.deepEquals(each.getValue(), b.get(each.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static Object plain(JsonValue value) throws JsonException {
    if (value instanceof JsonValue.Text text) {
      return text.value();
    } else if (value instanceof JsonValue.Whole whole) {
      return whole.value();
    } else if (value instanceof JsonValue.Truth truth) {
      return truth.value();
    } else if (value instanceof JsonValue.Array array) {
      List<String> texts = new ArrayList<>();
      for (JsonValue item : array.items()) {
        texts.add(String.valueOf(plain(item)));
      }
      return texts.toArray(String[]::new);
    }
    throw new JsonException("a configuration's value is a text, number, truth or array of these");
  }

  private static UpdateException failed(String why, Exception cause) {
    return new UpdateException(
        Problem.BUNDLE, "the release's configuration could not be applied: " + why, cause);
  }
}
