package tv.hearth.headend.campaign.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.campaign.service.CampaignPages;
import tv.hearth.headend.campaign.service.Campaigns;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.headend.campaign.store.CampaignStore;
import tv.hearth.headend.campaign.store.Database;
import tv.hearth.headend.campaign.store.SampleStore;
import tv.hearth.headend.campaign.telemetry.History;
import tv.hearth.headend.campaign.telemetry.ReportReader;
import tv.hearth.headend.campaign.usp.Controller;
import tv.hearth.support.gate.ServiceGate;

/**
 * Campaigns at work: one thread takes what boxes say and lets time pass. All that counts is in its
 * file, so that it may be stopped and started at any moment. Thread-safe.
 */
final class Desk implements MessageHandler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Desk.class.getName());
  private static final int MOST_WAITING = 4096;
  private static final Duration COMMAND_LIFE = Duration.ofMinutes(2);
  private static final Pattern TOPIC =
      Pattern.compile("hearth/v1/([a-z0-9-]{1,32})/box/([a-z2-7]{32})/up/(usp|state|telemetry)");

  private final ServiceGate<MessageBus> bus = new ServiceGate<>("MessageBus", Duration.ZERO);
  private final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("Neighbourhood", Duration.ZERO);
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(Desk::thread);
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong dropped = new AtomicLong();
  private final Inventory inventory = new Inventory();
  private final Database database;
  private final SampleStore samples;
  private final FleetView fleet;
  private final Controller controller;
  private final Campaigns campaigns;
  private volatile String trouble = "";

  Desk(Path folder, long tickMillis) throws IOException {
    database = new Database(folder.resolve("campaign.db"));
    samples = new SampleStore(database);
    fleet = new FleetView(() -> neighbourhood.now().flatMap(Neighbourhood::map));
    controller =
        new Controller(this::send, this::answered, inventory, () -> UUID.randomUUID().toString());
    campaigns =
        new Campaigns(
            new CampaignStore(database),
            fleet,
            new History(samples),
            action -> work(() -> controller.act(action)),
            System::currentTimeMillis);
    worker.scheduleWithFixedDelay(this::tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-campaign");
    thread.setDaemon(true);
    return thread;
  }

  ServiceGate<MessageBus> bus() {
    return bus;
  }

  ServiceGate<Neighbourhood> neighbourhood() {
    return neighbourhood;
  }

  OperatorPages pages() {
    return new CampaignPages(campaigns, inventory);
  }

  /** The topics that it wants of that neighbourhood. */
  static List<String> topics(String name) {
    String all = "hearth/v1/" + name + "/box/+/up/";
    return List.of(all + "usp", all + "state", all + "telemetry");
  }

  private void tick() {
    try {
      campaigns.tick();
      trouble = "";
    } catch (RuntimeException e) {
      trouble = e.toString();
      LOG.log(System.Logger.Level.WARNING, "campaigns have trouble: " + trouble, e);
    }
  }

  private void answered(tv.hearth.headend.campaign.rollout.Answer answer) {
    campaigns.answered(answer);
  }

  private void send(String box, byte[] record) {
    Optional<MessageBus> line = bus.now();
    Optional<String> name = neighbourhood.now().flatMap(Neighbourhood::name);
    if (line.isEmpty() || name.isEmpty()) {
      return; // the next look tells it again
    }
    String topic = "hearth/v1/" + name.get() + "/box/" + box;
    line.get()
        .publish(
            new Message(
                topic + "/down/usp",
                Bytes.of(record),
                1,
                false,
                Optional.of(COMMAND_LIFE),
                Optional.of("usp.msg"),
                Optional.of(topic + "/up/usp"),
                Optional.empty(),
                Map.of()));
  }

  @Override
  public void received(Message message) {
    Matcher topic = TOPIC.matcher(message.topic());
    if (!topic.matches() || waiting.get() >= MOST_WAITING) {
      dropped.incrementAndGet();
      return;
    }
    waiting.incrementAndGet();
    boolean taken =
        work(
            () -> {
              waiting.decrementAndGet();
              take(topic.group(2), topic.group(3), message);
            });
    if (!taken) {
      waiting.decrementAndGet();
    }
  }

  private boolean work(Runnable task) {
    try {
      worker.execute(
          () -> {
            try {
              task.run();
            } catch (RuntimeException e) {
              trouble = e.toString();
              LOG.log(System.Logger.Level.WARNING, "a message or command failed", e);
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "something came while campaigns were stopping");
      return false;
    }
  }

  private void take(String box, String kind, Message message) {
    if (!fleet.member(box)) {
      dropped.incrementAndGet();
      return;
    }
    byte[] payload = message.payload().toArray();
    switch (kind) {
      case "state":
        boolean on = new String(payload, StandardCharsets.US_ASCII).equals("online");
        fleet.said(box, on);
        break;
      case "telemetry":
        samples.put(ReportReader.read(box, payload), System.currentTimeMillis());
        break;
      default:
        controller.received(box, payload);
        break;
    }
  }

  HealthProbe.Health health() {
    return trouble.isEmpty() ? HealthProbe.Health.OK : HealthProbe.Health.failed(trouble);
  }

  List<Meter> meters() {
    return List.of(
        Meter.gauge(
            "campaign.open.count",
            campaigns.newest().stream().filter(c -> c.status().open()).count()),
        Meter.counter("campaign.dropped.messages", dropped.get() + controller.dropped()));
  }

  @Override
  public void close() {
    worker.shutdown();
    try {
      if (!worker.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
    database.close();
  }
}
