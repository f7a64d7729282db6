package tv.hearth.headend.campaign.shell;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.operator.FleetWork;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.campaign.service.CampaignPages;
import tv.hearth.headend.campaign.service.Campaigns;
import tv.hearth.headend.campaign.service.Inventory;
import tv.hearth.headend.campaign.service.ServedReleases;
import tv.hearth.headend.campaign.service.ServedWay;
import tv.hearth.headend.campaign.shelf.Expiry;
import tv.hearth.headend.campaign.store.CampaignStore;
import tv.hearth.headend.campaign.store.Database;
import tv.hearth.headend.campaign.store.SampleStore;
import tv.hearth.headend.campaign.telemetry.History;
import tv.hearth.headend.campaign.telemetry.ReportReader;
import tv.hearth.headend.campaign.telemetry.Sample;
import tv.hearth.headend.campaign.usp.Controller;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.thread.Failures;

/**
 * Campaigns at work: one thread takes what boxes say and lets time pass. All that counts is in its
 * file, so that it may be stopped and started at any moment. Thread-safe.
 */
final class Desk implements MessageHandler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Desk.class.getName());
  private static final int MOST_WAITING = 4096;

  /** Messages taken in one go: between two, time passes for the campaigns. */
  private static final int BATCH = 256;

  /** Boxes that went back to what is not well, named among the warnings; the meter counts all. */
  private static final int MOST_AILING = 20;

  private static final long LOOK_SECONDS = 600;
  private static final long LOST_SHOWN_MILLIS = 600_000;
  private static final Duration COMMAND_LIFE = Duration.ofMinutes(2);
  private static final Pattern TOPIC =
      Pattern.compile("hearth/v1/([a-z0-9-]{1,32})/box/([a-z2-7]{32})/up/(usp|state|telemetry)");

  private final ServiceGate<MessageBus> bus = new ServiceGate<>("MessageBus", Duration.ZERO);
  private final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("Neighbourhood", Duration.ZERO);
  private final ScheduledExecutorService worker =
      Executors.newSingleThreadScheduledExecutor(Desk::thread);
  private final ServiceGate<PublishedFiles> repository =
      new ServiceGate<>("PublishedFiles", Duration.ZERO);
  private final Intake intake = new Intake(MOST_WAITING);
  private final AtomicBoolean draining = new AtomicBoolean();
  private final AtomicLong lostAt = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final Inventory inventory = new Inventory();
  private final Database database;
  private final SampleStore samples;
  private final History history;
  private final ServedReleases releases;
  private final FleetView fleet;
  private final Controller controller;
  private final Campaigns campaigns;
  private final Failures failures = new Failures("the campaigns' worker");
  private volatile String trouble = "";
  private volatile List<String> warnings = List.of();

  Desk(Path folder, long tickMillis, Expiry expiry) throws IOException {
    database = new Database(folder.resolve("campaign.db"));
    samples = new SampleStore(database);
    history = new History(samples);
    releases = new ServedReleases(repository::now, expiry, InstantSource.system(), this::level);
    fleet = new FleetView(() -> neighbourhood.now().flatMap(Neighbourhood::map));
    controller =
        new Controller(
            this::send,
            this::answered,
            inventory,
            new ServedWay(repository::now, this::level, fleet::model),
            () -> UUID.randomUUID().toString());
    campaigns =
        new Campaigns(
            new CampaignStore(database),
            fleet,
            history,
            action -> work(() -> controller.act(action)),
            System::currentTimeMillis,
            releases);
    Runnable tick = failures.guard(this::tick);
    worker.scheduleWithFixedDelay(tick, tickMillis, tickMillis, TimeUnit.MILLISECONDS);
    Runnable look = failures.guard(this::look);
    worker.scheduleWithFixedDelay(look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private int level() {
    return neighbourhood.now().flatMap(Neighbourhood::map).map(BoxMap::level).orElse(1);
  }

  /** What is open, for whoever would change the fleet beneath it. */
  FleetWork work() {
    return campaigns::underWay;
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

  ServiceGate<PublishedFiles> repository() {
    return repository;
  }

  /** Another repository is served, or time has passed: looks whether its metadata will last. */
  private void look() {
    List<String> now = releases.warnings();
    if (!now.isEmpty() && !now.equals(warnings)) {
      LOG.log(System.Logger.Level.WARNING, String.join("; ", now));
    }
    warnings = now;
  }

  /** As above, soon, on the desk's own thread. */
  void lookSoon() {
    work(this::look);
  }

  OperatorPages pages() {
    return new CampaignPages(campaigns, inventory, this::allWarnings);
  }

  /** What the operator should do soon; boxes that nobody but he can help go first. */
  private List<String> allWarnings() {
    List<String> all = new ArrayList<>();
    campaigns.ailing().stream().limit(MOST_AILING).forEach(all::add);
    all.addAll(warnings);
    return all;
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
    if (!topic.matches()) {
      dropped.incrementAndGet();
      return;
    }
    String box = topic.group(2);
    byte[] payload = message.payload().toArray();
    boolean taken;
    switch (topic.group(3)) {
      case "state":
        // At once: it comes once, retained, and what is not taken would be wrong for good.
        taken = fleet.said(box, new String(payload, StandardCharsets.US_ASCII).equals("online"));
        break;
      case "telemetry":
        taken = intake.reported(new Intake.Word(box, payload));
        break;
      default:
        taken = intake.said(new Intake.Word(box, payload));
        break;
    }
    if (!taken) {
      lost();
    }
    drainSoon();
  }

  private void lost() {
    long now = System.currentTimeMillis();
    long before = lostAt.getAndSet(now);
    if (now - before > LOST_SHOWN_MILLIS) {
      LOG.log(System.Logger.Level.WARNING, "messages are lost: more than {0} wait", MOST_WAITING);
    }
  }

  private void drainSoon() {
    if (!intake.isEmpty() && draining.compareAndSet(false, true) && !work(this::drain)) {
      draining.set(false);
    }
  }

  private void drain() {
    draining.set(false);
    try {
      for (int i = 0; i < BATCH; i++) {
        Optional<Intake.Word> word = intake.next();
        if (word.isEmpty()) {
          break;
        }
        if (isMember(word.get())) {
          controller.received(word.get().box(), word.get().payload());
        }
      }
      report(intake.reports(BATCH));
    } finally {
      drainSoon();
    }
  }

  private void report(List<Intake.Word> reports) {
    List<Sample> all =
        reports.stream()
            .filter(this::isMember)
            .flatMap(word -> ReportReader.read(word.box(), word.payload()).stream())
            .collect(Collectors.toList());
    if (!all.isEmpty()) {
      history.came(samples.put(all, System.currentTimeMillis()));
    }
  }

  private boolean isMember(Intake.Word word) {
    boolean member = fleet.member(word.box());
    if (!member) {
      dropped.incrementAndGet();
    }
    return member;
  }

  private boolean work(Runnable task) {
    try {
      worker.execute(failures.guard(task));
      return true;
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "something came while campaigns were stopping");
      return false;
    }
  }

  HealthProbe.Health health() {
    if (!trouble.isEmpty()) {
      return HealthProbe.Health.failed(trouble);
    }
    if (!failures.trouble().isEmpty()) {
      return HealthProbe.Health.degraded(failures.trouble());
    }
    List<String> soon = allWarnings();
    if (!soon.isEmpty()) {
      return HealthProbe.Health.degraded(String.join("; ", soon));
    }
    boolean losing = System.currentTimeMillis() - lostAt.get() < LOST_SHOWN_MILLIS;
    return losing
        ? HealthProbe.Health.degraded(
            intake.lost()
                + " messages of boxes came faster than they could be taken: ends of updates are"
                + " asked for again, reports are lost; give the headend a faster disk or processor")
        : HealthProbe.Health.OK;
  }

  List<Meter> meters() {
    return List.of(
        Meter.gauge(
            "campaign.open.count",
            campaigns.newest().stream().filter(c -> c.status().open()).count()),
        Meter.gauge("campaign.ailing.boxes", campaigns.ailing().size()),
        Meter.gauge("campaign.warnings.count", warnings.size()),
        Meter.counter("campaign.worker.failures.count", failures.count()),
        Meter.counter("campaign.lost.messages", intake.lost()),
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
