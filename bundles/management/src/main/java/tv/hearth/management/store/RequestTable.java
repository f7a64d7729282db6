package tv.hearth.management.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import tv.hearth.api.datamodel.Command;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.management.agent.Requests;
import tv.hearth.usp.message.Outcome;

/**
 * {@code Device.LocalAgent.Request.{i}.}: asynchronous commands that run, over restarts of the box,
 * for 24 hours at most (R-SMM.1). Thread-safe.
 */
public final class RequestTable implements ModelObject, Requests {
  private static final int LONGEST_KEY = 1024;

  /** Commands that run at once at most. */
  static final int MOST = 32;

  private final Table table;
  private final InstantSource clock;
  private final Random random;
  private final Ended ended;
  private final Consumer<String> canceller;

  /** Hears how a command ended. */
  public interface Ended {
    /** It ended; the object's path has a dot at its end. */
    void ended(String object, String command, String commandKey, Outcome outcome);
  }

  /**
   * In that file.
   *
   * @param canceller asks a run, by its id, to end
   */
  public RequestTable(
      Path file, InstantSource clock, Random random, Ended ended, Consumer<String> canceller)
      throws IOException {
    this.table = new Table(file, MOST);
    this.clock = clock;
    this.random = random;
    this.ended = ended;
    this.canceller = canceller;
  }

  /** Whether its file is a newer release's, so that commands here don't outlive a restart. */
  public boolean isNewer() {
    return table.isNewer();
  }

  @Override
  public String start(String controller, String command, String commandKey, Run run)
      throws ModelException {
    if (commandKey.length() > LONGEST_KEY) {
      throw new ModelException(
          ModelException.INVALID_ARGUMENTS,
          "a command's key has at most " + LONGEST_KEY + " characters");
    }
    byte[] token = new byte[8];
    random.nextBytes(token);
    String id = "usp-" + HexFormat.of().formatHex(token);
    Map<String, String> row = new LinkedHashMap<>();
    row.put("Originator", controller);
    row.put("Command", command);
    row.put("CommandKey", commandKey);
    row.put("Status", "Active");
    row.put("id", id);
    row.put("since", String.valueOf(clock.millis()));
    int number = table.add(row);
    if (number == 0) {
      throw new ModelException(ModelException.RESOURCES_EXCEEDED, "too many commands at once");
    }
    try {
      run.start(new Running(number, id));
    } catch (ModelException | RuntimeException e) {
      table.remove(number);
      throw e;
    }
    return "Device.LocalAgent.Request." + number + ".";
  }

  /** A run that goes on after a restart, by its id. */
  public Optional<Completion> running(String id) {
    for (int number : table.numbers()) {
      Map<String, String> row = table.row(number);
      if (row != null && id.equals(row.get("id"))) {
        return Optional.of(new Running(number, id));
      }
    }
    return Optional.empty();
  }

  /** Ends what has run for a day; to be called now and then. */
  public void tick() {
    for (int number : table.numbers()) {
      Map<String, String> row = table.row(number);
      if (row != null) {
        if (clock.millis() - since(row) > Duration.ofHours(24).toMillis()) {
          canceller.accept(row.getOrDefault("id", ""));
          end(
              number,
              new Outcome(ModelException.COMMAND_FAILURE, "not done in 24 hours", Map.of()));
        }
      }
    }
  }

  /** A row that does not say it has run for long enough. */
  private static long since(Map<String, String> row) {
    String since = row.getOrDefault("since", "");
    return since.matches("[0-9]{1,18}") ? Long.parseLong(since) : 0;
  }

  private void end(int number, Outcome outcome) {
    Map<String, String> row = table.row(number);
    if (row != null && table.remove(number)) {
      String command = row.getOrDefault("Command", "");
      int dot = command.lastIndexOf('.') + 1;
      ended.ended(
          command.substring(0, dot),
          command.substring(dot),
          row.getOrDefault("CommandKey", ""),
          outcome);
    }
  }

  private final class Running implements Completion {
    private final int number;
    private final String id;
    private final AtomicBoolean done = new AtomicBoolean();

    private Running(int number, String id) {
      this.number = number;
      this.id = id;
    }

    @Override
    public String id() {
      return id;
    }

    @Override
    public void succeeded(Map<String, String> outputs) {
      end(new Outcome(0, "", outputs));
    }

    @Override
    public void failed(int code, String message) {
      end(new Outcome(code, message, Map.of()));
    }

    /** Once; where it can't be written it has not ended, and may end later. */
    private void end(Outcome outcome) {
      if (done.compareAndSet(false, true)) {
        try {
          RequestTable.this.end(number, outcome);
        } catch (UncheckedIOException e) {
          done.set(false);
          throw e;
        }
      }
    }
  }

  @Override
  public String path() {
    return "Device.LocalAgent.Request.{i}.";
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        Parameter.read("Originator", Type.STRING),
        Parameter.read("Command", Type.STRING),
        Parameter.read("CommandKey", Type.STRING),
        Parameter.read("Status", Type.STRING));
  }

  @Override
  public List<Command> commands() {
    return List.of(new Command("Cancel()", false, List.of(), List.of()));
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
      throw new ModelException(ModelException.NO_SUCH_OBJECT, "that request has ended");
    }
    return row;
  }

  @Override
  public Map<String, String> operate(
      List<Integer> instance, String command, Map<String, String> inputs, Completion completion)
      throws ModelException {
    Map<String, String> row = row(instance);
    table.set(instance.get(0), Map.of("Status", "Cancelling"));
    canceller.accept(row.getOrDefault("id", ""));
    return Map.of();
  }
}
