package tv.hearth.management;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import tv.hearth.api.bus.Message;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.Unit;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.api.update.UpdateException;
import tv.hearth.management.agent.Agent;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.notify.Notifier;
import tv.hearth.management.notify.Subscriptions;
import tv.hearth.management.object.DeploymentUnits;
import tv.hearth.management.object.ExecutionUnits;
import tv.hearth.management.object.Fixed;
import tv.hearth.management.object.Operations;
import tv.hearth.management.object.SoftwareModules;
import tv.hearth.management.store.RequestTable;
import tv.hearth.management.store.Table;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.record.UspRecord;
import tv.hearth.usp.wire.WireException;

/** An agent with all that it has on a box, but bus, clock and update agent, which a test moves. */
final class Bench implements UpdateAgent {
  static final String ME = "self::box1";
  static final String CONTROLLER = "self::boss";
  static final String BASE = "hearth/v1/n/box/box1/";

  final List<Notify> notified = new ArrayList<>();
  final List<String> notifiedIds = new ArrayList<>();
  final Map<String, Operation> operations = new LinkedHashMap<>();
  final List<String> cancelled = new ArrayList<>();
  final Map<String, Unit.State> states = new HashMap<>();
  final Map<String, String> changing = new HashMap<>();
  Optional<UpdateException.Problem> refuse = Optional.empty();
  String version = "1";
  Unit.State storage = Unit.State.ACTIVE;
  long millis = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  final Notifier notifier;
  final RequestTable requests;
  final Operations updates;
  final Endpoint endpoint;
  private final InstantSource clock = () -> Instant.ofEpochMilli(millis);
  private String caller = "";
  private int next;

  Bench(Path folder) throws IOException {
    changing.put("Value", "a");
    List<ModelObject> objects = new ArrayList<>();
    DataModel model = new DataModel(() -> objects);
    Controllers controllers = Controllers.parse(CONTROLLER, "self::reader|read");
    Table table = new Table(folder.resolve("subscriptions"), 8);
    Subscriptions subscriptions = new Subscriptions(table, () -> controllers.pathOf(caller), clock);
    Random random = new Random(1);
    notifier =
        new Notifier(
            subscriptions, model, this::notified, folder.resolve("pending"), clock, random);
    Operations[] later = new Operations[1];
    requests =
        new RequestTable(
            folder.resolve("requests"),
            clock,
            random,
            notifier::complete,
            id -> later[0].cancel(id));
    updates = new Operations(() -> Optional.of(this), requests::running, notifier);
    later[0] = updates;
    ExecutionUnits units = new ExecutionUnits(updates);
    objects.addAll(
        List.of(
            controllers,
            new ControllerMtps(controllers),
            new ControllerMtps.Mqtt(controllers, () -> BASE),
            subscriptions,
            requests,
            units,
            new SoftwareModules(updates, units),
            new DeploymentUnits(updates),
            new Fixed("Device.").with("RootDataModelVersion", "2.16"),
            new Fixed("Device.X_HEARTH_Test.")
                .with("Value", Type.STRING, () -> changing.get("Value"))));
    Agent agent =
        new Agent(model, requests, controllers::trust, (id, response) -> notifier.received(id));
    endpoint =
        new Endpoint(
            ME, BASE, agent, from -> caller = from, controllers::topicOf, new Repeats(clock));
  }

  private void notified(String controller, byte[] message) {
    try {
      Msg parsed = Msg.parse(message);
      notifiedIds.add(parsed.id());
      notified.add((Notify) parsed.body());
    } catch (WireException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] record(String to, String from, Msg message) {
    return UspRecord.message(to, from, message.encode()).encode();
  }

  Optional<Message> send(byte[] record) {
    return endpoint.handle(Message.of(BASE + "down/usp", record));
  }

  Body ask(Body body) throws WireException {
    return ask(CONTROLLER, body);
  }

  Body ask(String from, Body body) throws WireException {
    Msg request = new Msg("m" + next++, body);
    Message reply = send(record(ME, from, request)).orElseThrow();
    UspRecord record = UspRecord.parse(reply.payload().toArray());
    Msg response = Msg.parse(record.payload());
    if (!response.id().equals(request.id()) || !record.to().equals(from)) {
      throw new IllegalStateException("answered another request");
    }
    return response.body();
  }

  void end(String id, Operation.Phase phase, UpdateException.Problem why) {
    end(id, phase, why, "");
  }

  void end(String id, Operation.Phase phase, UpdateException.Problem why, String ailing) {
    Operation old = operations.get(id);
    Operation ended =
        new Operation(
            id,
            old.target(),
            phase,
            Optional.ofNullable(why),
            why == null ? "" : "because",
            old.startedMillis(),
            millis,
            1,
            2,
            Map.of(),
            ailing);
    operations.put(id, ended);
    if (phase == Operation.Phase.COMMITTED) {
      version = old.target().replaceAll(".*/|\\.json", "");
    }
  }

  @Override
  public Operation start(String id, String target) throws UpdateException {
    if (refuse.isPresent()) {
      throw new UpdateException(refuse.get(), "refused in this test");
    }
    Operation started =
        new Operation(
            id,
            target,
            Operation.Phase.REFRESHING,
            Optional.empty(),
            "",
            millis,
            0,
            0,
            0,
            Map.of());
    operations.put(id, started);
    return started;
  }

  @Override
  public void cancel(String id) {
    cancelled.add(id);
  }

  @Override
  public Optional<Operation> operation(String id) {
    return Optional.ofNullable(operations.get(id));
  }

  @Override
  public List<Operation> operations() {
    return List.copyOf(operations.values());
  }

  @Override
  public Release installed() {
    return new Release(
        "release/hearth/" + version + ".json",
        "hearth",
        version,
        7,
        List.of(
            new Unit("tv.hearth.storage", "0.1.0", 11, false, storage, ""),
            new Unit("tv.hearth.crypto", "0.1.0", 12, true, Unit.State.IDLE, "it broke")));
  }

  @Override
  public Optional<Release> previous() {
    return Optional.empty();
  }

  @Override
  public void set(String symbolicName, Unit.State state) throws UpdateException {
    if (symbolicName.equals("tv.hearth.crypto")) {
      throw new UpdateException(UpdateException.Problem.REFUSED, "of the base unit");
    }
    states.put(symbolicName, state);
  }
}
