package tv.hearth.management.notify;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.management.model.PathExpression;
import tv.hearth.management.store.Table;

/** {@code Device.LocalAgent.Subscription.{i}.}: what controllers want to hear of. Thread-safe. */
public final class Subscriptions implements ModelObject {
  private static final Set<String> TYPES =
      Set.of("Event", "ValueChange", "ObjectCreation", "ObjectDeletion", "OperationComplete");
  private static final int DUPLICATE_KEY = 7025;

  /**
   * The standard has 64 characters; controllers make longer ids, of the path that they subscribe
   * to.
   */
  private static final int LONGEST = 1024;

  private static final int LONGEST_LIST = 4096;
  private static final int ALIAS = 64;

  private final Table table;
  private final Supplier<String> caller;
  private final InstantSource clock;

  /**
   * Kept in a table; those that are not persistent are dropped now, at the start.
   *
   * @param caller path of the Controller whose request is being answered
   */
  public Subscriptions(Table table, Supplier<String> caller, InstantSource clock) {
    this.table = table;
    this.caller = caller;
    this.clock = clock;
    table.forget(row -> !truth(row.get("Persistent")));
  }

  /** Whether they are a newer release's, so that no change here outlives a restart. */
  public boolean isNewer() {
    return table.isNewer();
  }

  /** One that is enabled and has not run out. */
  record Subscription(
      int number,
      String id,
      String type,
      List<String> references,
      String recipient,
      boolean retry,
      long expirationSeconds) {}

  List<Subscription> active(String type) {
    List<Subscription> active = new ArrayList<>();
    table.forget(this::hasRunOut);
    for (int number : table.numbers()) {
      Map<String, String> row = table.row(number);
      if (row == null) {
        continue;
      }
      if (truth(row.get("Enable")) && type.equals(row.get("NotifType"))) {
        active.add(
            new Subscription(
                number,
                row.getOrDefault("ID", ""),
                type,
                List.of(row.getOrDefault("ReferenceList", "").split(",")),
                row.getOrDefault("Recipient", ""),
                truth(row.get("NotifRetry")),
                number(row, "NotifExpiration")));
      }
    }
    return active;
  }

  /** One of which that can't be said stays. */
  private boolean hasRunOut(Map<String, String> row) {
    long left = number(row, "TimeToLive");
    if (left == 0) {
      return false;
    }
    try {
      Instant created = Instant.parse(row.getOrDefault("CreationDate", ""));
      return created.plusSeconds(left).isBefore(clock.instant());
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** What is no number, as a newer release may write it, is as if it were not set. */
  private static long number(Map<String, String> row, String key) {
    String value = row.getOrDefault(key, "");
    return value.matches("[0-9]{1,10}") ? Long.parseLong(value) : 0;
  }

  private static boolean truth(String value) {
    return "true".equals(value) || "1".equals(value);
  }

  @Override
  public String path() {
    return "Device.LocalAgent.Subscription.{i}.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.write("Alias", Type.STRING),
        Parameter.write("Enable", Type.BOOLEAN),
        Parameter.read("Recipient", Type.STRING),
        Parameter.write("ID", Type.STRING),
        Parameter.read("CreationDate", Type.DATE_TIME),
        Parameter.write("NotifType", Type.STRING),
        Parameter.write("ReferenceList", Type.STRING),
        Parameter.write("Persistent", Type.BOOLEAN),
        Parameter.write("TimeToLive", Type.UNSIGNED_INT),
        Parameter.write("NotifRetry", Type.BOOLEAN),
        Parameter.write("NotifExpiration", Type.UNSIGNED_INT));
  }

  @Override
  public List<List<String>> uniqueKeys() {
    return List.of(List.of("Alias"), List.of("Recipient", "ID"));
  }

  @Override
  public boolean creatable() {
    return true;
  }

  @Override
  public List<List<Integer>> instances() {
    return table.numbers().stream().map(List::of).toList();
  }

  @Override
  public String value(List<Integer> instance, String parameter) throws ModelException {
    return row(instance).getOrDefault(parameter, "");
  }

  private Map<String, String> row(List<Integer> instance) throws ModelException {
    Map<String, String> row = table.row(instance.get(0));
    if (row == null) {
      throw new ModelException(ModelException.NO_SUCH_OBJECT, "that subscription is gone");
    }
    return row;
  }

  @Override
  public int create(List<Integer> parent, Map<String, String> values) throws ModelException {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("Alias", "");
    row.put("Enable", "false");
    row.put("ID", "");
    row.put("NotifType", "");
    row.put("ReferenceList", "");
    row.put("Persistent", "false");
    row.put("TimeToLive", "0");
    row.put("NotifRetry", "false");
    row.put("NotifExpiration", "0");
    row.put("Recipient", caller.get());
    row.put("CreationDate", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    row.putAll(values);
    if (row.get("ID").isEmpty()) {
      row.put("ID", "cpe-" + Long.toHexString(clock.millis()) + "-" + (table.numbers().size() + 1));
    }
    if (row.get("Alias").isEmpty()) {
      row.put("Alias", alias(row));
    }
    check(row, 0);
    int number = table.add(row);
    if (number == 0) {
      throw new ModelException(ModelException.RESOURCES_EXCEEDED, "too many subscriptions");
    }
    return number;
  }

  /** Unlike an ID it is unique over all controllers, and it stays short whatever the ID is. */
  private String alias(Map<String, String> row) {
    String plain = "cpe-" + row.get("ID");
    boolean isTaken =
        table.numbers().stream()
            .map(table::row)
            .anyMatch(other -> other != null && plain.equals(other.get("Alias")));
    if (!isTaken && plain.length() <= ALIAS) {
      return plain;
    }
    String all = row.get("Recipient") + "\n" + row.get("ID");
    return "cpe-" + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void set(List<Integer> instance, Map<String, String> values) throws ModelException {
    Map<String, String> row = new LinkedHashMap<>(row(instance));
    row.putAll(values);
    check(row, instance.get(0));
    table.set(instance.get(0), values);
  }

  @Override
  public void delete(List<Integer> instance) throws ModelException {
    if (!table.remove(instance.get(0))) {
      throw new ModelException(ModelException.NO_SUCH_OBJECT, "that subscription is gone");
    }
  }

  private void check(Map<String, String> row, int own) throws ModelException {
    String type = row.get("NotifType");
    if (!type.isEmpty() && !TYPES.contains(type)) {
      throw new ModelException(ModelException.INVALID_VALUE, "NotifType is one of " + TYPES);
    }
    if (row.get("ID").length() > LONGEST || row.get("Alias").length() > LONGEST) {
      throw new ModelException(
          ModelException.INVALID_VALUE, "ID and Alias have at most " + LONGEST + " characters");
    }
    if (row.get("ReferenceList").length() > LONGEST_LIST) {
      throw new ModelException(
          ModelException.RESOURCES_EXCEEDED,
          "ReferenceList has at most " + LONGEST_LIST + " characters: add a second subscription");
    }
    String[] references = row.get("ReferenceList").split(",");
    if (references.length > 64) {
      throw new ModelException(ModelException.RESOURCES_EXCEEDED, "more than 64 references");
    }
    for (String reference : references) {
      if (!reference.isEmpty()) {
        PathExpression.parse(reference);
      }
    }
    for (int number : table.numbers()) {
      Map<String, String> other = table.row(number);
      boolean same =
          other != null
              && number != own
              && (row.get("Alias").equals(other.get("Alias"))
                  || row.get("ID").equals(other.get("ID"))
                      && row.get("Recipient").equals(other.get("Recipient")));
      if (same) {
        throw new ModelException(DUPLICATE_KEY, "there is a subscription of that Alias or ID");
      }
    }
  }
}
