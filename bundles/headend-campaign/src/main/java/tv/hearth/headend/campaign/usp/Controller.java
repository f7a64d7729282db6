package tv.hearth.headend.campaign.usp;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tv.hearth.headend.campaign.rollout.Action;
import tv.hearth.headend.campaign.rollout.Answer;
import tv.hearth.headend.campaign.rollout.Answer.Outcome;
import tv.hearth.headend.campaign.rollout.Wanted;
import tv.hearth.headend.campaign.service.BoxLine;
import tv.hearth.headend.campaign.service.CampaignException;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.headend.campaign.service.Way;
import tv.hearth.usp.message.Add;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetResp;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.OperateResp;
import tv.hearth.usp.message.Setting;
import tv.hearth.usp.message.UspError;
import tv.hearth.usp.record.UspRecord;
import tv.hearth.usp.wire.WireException;

/**
 * Speaks USP 1.3 with boxes' agents: first asks what is installed, then installs or updates the
 * deployment unit, then waits for the notification of its end. What is not addressed to it, not
 * from the box whose topic it came on, not an answer to what it asked, or an answer that came
 * before, is dropped and counted. Not thread-safe: one worker calls it.
 */
public final class Controller implements BoxLine {
  private static final Logger LOG = System.getLogger(Controller.class.getName());

  /** Its endpoint id. */
  public static final String ID = "proto::hearth-headend";

  private static final String AGENT = "proto::hearth-";
  private static final String UNITS = "Device.SoftwareModules.DeploymentUnit.";
  private static final String EXECUTION = "Device.SoftwareModules.ExecutionUnit.";
  private static final String REQUESTS = "Device.LocalAgent.Request.";
  private static final String SUBSCRIPTIONS = "Device.LocalAgent.Subscription.";
  private static final Wanted NOTHING = new Wanted("", 0);

  private final BiConsumer<String, byte[]> send;
  private final Consumer<Answer> answers;
  private final Inventory inventory;
  private final Way way;
  private final Supplier<String> ids;
  private final Pending pending = new Pending();
  private final Map<String, String> requestOfKey = new LinkedHashMap<>();
  private final AtomicLong dropped = new AtomicLong();

  /**
   * A controller.
   *
   * @param send takes a box and a record for its agent
   * @param answers gets what becomes of commands
   * @param way to releases that not every box can install at once
   * @param ids makes a message id that was never used
   */
  public Controller(
      BiConsumer<String, byte[]> send,
      Consumer<Answer> answers,
      Inventory inventory,
      Way way,
      Supplier<String> ids) {
    this.send = send;
    this.answers = answers;
    this.inventory = inventory;
    this.way = way;
    this.ids = ids;
  }

  /** The endpoint id of a box's agent. */
  public static String agent(String box) {
    return AGENT + box;
  }

  @Override
  public void act(Action action) {
    if (action.kind() == Action.Kind.CANCEL) {
      pending.forget(action.key());
      String request = requestOfKey.remove(action.key());
      if (request != null) {
        cancel(action.box(), action.key(), action.release(), request);
      } else {
        Body look = new Get(List.of(UNITS, REQUESTS), 0);
        ask(Pending.Kind.RECALL, action.box(), action.key(), action.release(), look);
      }
      return;
    }
    List<String> paths = new ArrayList<>(List.of(UNITS, REQUESTS, SUBSCRIPTIONS));
    if (way.asks(action.release())) {
      paths.add(EXECUTION);
    }
    Body look = new Get(paths, 0);
    ask(Pending.Kind.LOOK, action.box(), action.key(), action.release(), look);
  }

  private void cancel(String box, String key, Wanted release, String request) {
    String path = withDot(request) + "Cancel()";
    Body body = new Operate(path, key + ".cancel", true, Map.of());
    ask(Pending.Kind.CANCEL, box, key, release, body);
  }

  /** Asks a box to tell of ends, of changes and of its starts; what it knows already it refuses. */
  public void subscribe(String box) {
    Add add =
        new Add(
            true,
            List.of(
                subscription("complete", "OperationComplete", "Device.SoftwareModules."),
                subscription("units", "Event", "Device.SoftwareModules.DUStateChange!"),
                subscription("boot", "Event", "Device.Boot!")));
    ask(Pending.Kind.SUBSCRIBE, box, "", NOTHING, add);
  }

  private static Add.CreateObject subscription(String id, String type, String what) {
    return new Add.CreateObject(
        SUBSCRIPTIONS,
        List.of(
            new Setting("ID", Units.SUBSCRIPTION + id, true),
            new Setting("NotifType", type, true),
            new Setting("ReferenceList", what, true),
            new Setting("Persistent", "true", false),
            new Setting("NotifRetry", "true", false),
            new Setting("Enable", "true", true)));
  }

  private void ask(Pending.Kind kind, String box, String key, Wanted release, Body body) {
    String id = ids.get();
    pending.put(id, new Pending.Request(kind, box, key, release));
    tell(box, new Msg(id, body));
  }

  private void tell(String box, Msg message) {
    send.accept(box, UspRecord.message(agent(box), ID, message.encode()).encode());
  }

  /**
   * A record came.
   *
   * @param box whose topic it came on: the broker lets no other write there
   */
  public void received(String box, byte[] bytes) {
    try {
      UspRecord record = UspRecord.parse(bytes);
      boolean ours = record.to().equals(ID) && record.from().equals(agent(box));
      if (!ours) {
        dropped.incrementAndGet();
      } else if (record.kind() == UspRecord.Kind.MQTT_CONNECT) {
        subscribe(box);
      } else if (record.kind() == UspRecord.Kind.NO_SESSION_CONTEXT) {
        message(box, Msg.parse(record.payload()));
      }
    } catch (WireException e) {
      dropped.incrementAndGet();
    }
  }

  private void message(String box, Msg message) {
    if (message.body() instanceof Notify) {
      notified(box, message.id(), (Notify) message.body());
      return;
    }
    Optional<Pending.Request> request = pending.take(message.id(), box);
    if (request.isEmpty()) {
      dropped.incrementAndGet();
      return;
    }
    if (message.body() instanceof GetResp) {
      looked(request.get(), (GetResp) message.body());
    } else if (message.body() instanceof OperateResp) {
      operated(request.get(), (OperateResp) message.body());
    } else if (message.body() instanceof UspError) {
      refused(request.get(), (UspError) message.body());
    }
  }

  private void looked(Pending.Request request, GetResp answer) {
    Units units = Units.of(answer);
    units.newest().ifPresent(unit -> inventory.put(request.box(), unit.release()));
    switch (request.kind()) {
      case LOOK:
        command(request, answer, units);
        break;
      case RECALL:
        recall(request, answer, units);
        break;
      case VERIFY:
        answers.accept(done(request, units));
        break;
      default:
        break;
    }
  }

  private static Answer done(Pending.Request request, Units units) {
    Optional<Wanted> runs = units.newest().map(Units.Unit::wanted);
    return new Answer(request.box(), request.key(), Outcome.DONE, "", runs);
  }

  /** Ends all that is under way of that campaign; where nothing is, says what came of it. */
  private void recall(Pending.Request request, GetResp answer, Units units) {
    String campaign = request.key().substring(0, request.key().indexOf('.') + 1);
    List<String> running =
        Units.requestsOf(
            answer, key -> key.startsWith(campaign) && key.endsWith("." + request.box()));
    running.forEach(path -> cancel(request.box(), request.key(), request.release(), path));
    if (running.isEmpty()) {
      answers.accept(came(request, units));
    }
  }

  /** What came of a command of which nothing is under way. */
  private static Answer came(Pending.Request request, Units units) {
    Optional<Units.Unit> unit = units.newest();
    if (unit.filter(each -> each.runs(request.release())).isPresent()) {
      return done(request, units);
    }
    return unit.flatMap(each -> each.ailingAfter(request.release()))
        .map(why -> new Answer(request.box(), request.key(), Outcome.BACK_AILING, why))
        .orElse(new Answer(request.box(), request.key(), Outcome.CANCELLED, "it is not at it"));
  }

  private void command(Pending.Request request, GetResp answer, Units units) {
    if (!Units.subscribed(answer)) {
      subscribe(request.box()); // the agent takes it before the command that follows
    }
    if (units.newest().filter(unit -> unit.runs(request.release())).isPresent()) {
      answers.accept(done(request, units));
      return;
    }
    List<String> running =
        Units.requestsOf(answer, key -> StoneKey.commandOf(key).equals(request.key()));
    if (!running.isEmpty()) {
      remember(request.key(), running.get(0));
      answers.accept(new Answer(request.box(), request.key(), Outcome.ACCEPTED, ""));
      return;
    }
    try {
      long counter = units.newest().map(Units.Unit::counter).orElse(0L);
      Map<String, String> versions = Units.versions(answer, EXECUTION);
      install(request, units, way.next(request.box(), request.release(), counter, versions));
    } catch (CampaignException e) {
      String why = e.getMessage();
      answers.accept(new Answer(request.box(), request.key(), Outcome.NOT_FOR_IT, why));
    }
  }

  private void install(Pending.Request request, Units units, Wanted next) {
    boolean straight = next.equals(request.release());
    if (!straight) {
      LOG.log(
          Level.INFO,
          "box {0} goes over {1} to {2}",
          request.box(),
          next.target(),
          request.release().target());
    }
    Map<String, String> inputs = new LinkedHashMap<>();
    inputs.put("URL", Units.SCHEME + next.target());
    String command =
        units
            .newest()
            .map(unit -> unit.path() + "Update()")
            .orElse("Device.SoftwareModules.InstallDU()");
    ask(
        Pending.Kind.UPDATE,
        request.box(),
        request.key(),
        request.release(),
        new Operate(
            command,
            straight ? request.key() : StoneKey.of(request.key(), next.counter()),
            true,
            inputs));
  }

  private void operated(Pending.Request request, OperateResp answer) {
    if (request.kind() != Pending.Kind.UPDATE) {
      return;
    }
    for (OperateResp.Result result : answer.results()) {
      if (!result.request().isEmpty()) {
        remember(request.key(), result.request());
        answers.accept(new Answer(request.box(), request.key(), Outcome.ACCEPTED, ""));
      } else if (result.outcome().code() != 0) {
        fail(request, result.outcome().code(), result.outcome().message());
      }
    }
  }

  private void remember(String key, String path) {
    if (requestOfKey.size() > 20_000) {
      requestOfKey.remove(requestOfKey.keySet().iterator().next());
    }
    requestOfKey.put(key, withDot(path));
  }

  private static String withDot(String path) {
    return path.endsWith(".") ? path : path + ".";
  }

  private void refused(Pending.Request request, UspError error) {
    if (request.kind() == Pending.Kind.UPDATE || request.kind() == Pending.Kind.LOOK) {
      fail(request, error.code(), error.message());
    }
  }

  private void fail(Pending.Request request, int code, String message) {
    String reason = Faults.reason(code, message);
    answers.accept(new Answer(request.box(), request.key(), Faults.outcome(code, message), reason));
  }

  private void notified(String box, String id, Notify notify) {
    if (notify.what() instanceof Notify.OperationComplete) {
      complete(box, (Notify.OperationComplete) notify.what());
    } else if (notify.what() instanceof Notify.Event
        && ((Notify.Event) notify.what()).name().startsWith("Boot")) {
      ask(Pending.Kind.SUBSCRIBE, box, "", NOTHING, new Get(List.of(UNITS), 0));
    }
    if (notify.sendResponse()) {
      tell(box, new Msg(id, new NotifyResp(notify.subscriptionId())));
    }
  }

  private void complete(String box, Notify.OperationComplete end) {
    int code = end.outcome().code();
    String message = end.outcome().message();
    String key = StoneKey.commandOf(end.commandKey());
    boolean onTheWay = !key.equals(end.commandKey());
    requestOfKey.remove(key);
    if (code == 0 && onTheWay) {
      // It is at it still: the campaign asks it again soon, and then it goes on.
      answers.accept(new Answer(box, key, Outcome.ACCEPTED, ""));
    } else if (code == 0) {
      // It says that it is done; what it runs now says whether that is what was meant.
      Body look = new Get(List.of(UNITS), 0);
      ask(Pending.Kind.VERIFY, box, end.commandKey(), NOTHING, look);
    } else {
      Outcome outcome = Faults.outcome(code, message);
      String reason = Faults.reason(code, message);
      String where = onTheWay ? "on its way, over a release between: " + reason : reason;
      answers.accept(new Answer(box, key, outcome, where));
    }
  }

  /** Messages dropped: not for us, not of that box, unasked, seen before, or damaged. */
  public long dropped() {
    return dropped.get();
  }
}
