package tv.hearth.membership.node;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.LocalEndpoints;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.value.BoxId;
import tv.hearth.membership.endpoint.EndpointBook;
import tv.hearth.membership.endpoint.Twin;
import tv.hearth.membership.enrol.EnrolmentClient;
import tv.hearth.support.level.Levels;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.thread.Failures;

/**
 * This box as a member: enrols, renews, follows the map, announces itself. What it was told is on
 * disk; it works on with that while headend and broker are gone. Thread-safe.
 */
public final class Member implements Neighbourhood, MessageHandler, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Member.class.getName());
  private static final Duration BOOK_EVERY = Duration.ofMinutes(10);

  /** How often this box's own addresses are looked at, milliseconds. */
  private static final long ADDRESSES_MILLIS = 2_000;

  private final Services services;
  private final Clock clock;
  private final MemberFiles files;
  private final MapHolder maps;
  private final EndpointBook book = new EndpointBook();
  private final Announcer announcer;
  private final EnrolmentClient client;
  private final Enroller enroller;
  private final Consumer<String> named;
  private final Supplier<Levels> levels;
  private final Twin twin = new Twin();
  private final Failures failures = new Failures("membership's worker");
  private final List<LocalEndpoints> local = new CopyOnWriteArrayList<>();
  private final AtomicReference<byte[]> offeredMap = new AtomicReference<>();
  private final ScheduledThreadPoolExecutor worker = executor("hearth-membership");
  private final ScheduledThreadPoolExecutor timer = executor("hearth-membership-timer");
  private volatile Optional<String> name;
  private ScheduledFuture<?> nextLook;
  private List<Endpoint> lastLocal = List.of();
  private boolean bookLoaded;
  private long bookSaved;
  private Instant bookDue = Instant.MIN;
  private long generation = -1;

  /**
   * Starts it.
   *
   * @param random for back-off jitter
   * @param named called once on the worker, when the neighbourhood's name is known
   * @param levels which all bundles of ours here read; asked when something changed
   */
  public Member(
      MemberSettings settings,
      Services services,
      Clock clock,
      RandomGenerator random,
      Consumer<String> named,
      Supplier<Levels> levels) {
    this.levels = levels;
    this.services = services;
    this.clock = clock;
    this.files = new MemberFiles(settings.folder());
    this.maps = new MapHolder(files, settings.roots(), clock);
    this.announcer = new Announcer(files, book, clock);
    this.client = new EnrolmentClient(timer, settings.exchange());
    this.enroller = new Enroller(settings, client, clock, random);
    this.named = named;
    this.name = files.name();
    name.ifPresent(known -> worker.execute(() -> named.accept(known)));
    worker.scheduleWithFixedDelay(
        failures.guard(this::lookAtAddresses),
        ADDRESSES_MILLIS,
        ADDRESSES_MILLIS,
        TimeUnit.MILLISECONDS);
    look();
  }

  private static ScheduledThreadPoolExecutor executor(String name) {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            },
            new java.util.concurrent.ThreadPoolExecutor.DiscardPolicy());
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    return executor;
  }

  /** Something changed: looks now whether something is due. */
  public void look() {
    worker.execute(this::run);
  }

  /** Another bus is there. */
  public void busChanged() {
    worker.execute(announcer::forgetBus);
    look();
  }

  /** Somebody listens for neighbours. */
  public void add(LocalEndpoints endpoints) {
    local.add(endpoints);
    look();
  }

  /** Somebody does no more. */
  public void remove(LocalEndpoints endpoints) {
    local.remove(endpoints);
    look();
  }

  /** One round, on the worker; ends with the date of the next. */
  private void run() {
    try {
      services.verifier().now().ifPresent(this::load);
      services.identity().now().ifPresent(this::enrolAndAnnounce);
      saveBook(false);
    } catch (RuntimeException | Error e) { // errors too: the next round must come
      failures.note(e);
    } finally {
      if (nextLook != null) {
        nextLook.cancel(false);
      }
      nextLook = worker.schedule(this::run, enroller.pause().toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** An address came, went or changed: neighbours are told at once. */
  private void lookAtAddresses() {
    if (!localEndpoints().equals(lastLocal)) {
      run();
    }
  }

  private void load(SignatureVerifier verifier) {
    maps.load(verifier);
    byte[] offered = offeredMap.getAndSet(null);
    if (offered != null) {
      name.ifPresent(known -> take(offered, known, verifier));
    }
    if (!bookLoaded && maps.map().isPresent()) {
      files
          .book()
          .forEach(signed -> book.heard(signed, maps.map().get(), verifier, clock.instant()));
      bookSaved = book.arrivals();
      bookLoaded = true;
    }
  }

  private void take(byte[] message, String known, SignatureVerifier verifier) {
    Optional<BoxMap> before = maps.map();
    if (maps.take(message, known, verifier)) {
      BoxMap map = maps.map().orElseThrow();
      book.mapChanged(before, map);
      services.identity().now().ifPresent(identity -> book.keepMembers(map, identity.box()));
      LOG.log(
          System.Logger.Level.INFO,
          "map " + map.epoch() + "." + map.version() + " of " + map.boxes().size() + " boxes");
    }
  }

  private void enrolAndAnnounce(Identity identity) {
    List<Endpoint> at = localEndpoints();
    lastLocal = at;
    enroller.run(identity, name, maps.map(), at).ifPresent(this::enrolled);
    try {
      if (identity.generation() != generation) {
        announcer.forgetSignature();
        generation = identity.generation();
      }
      announcer.update(at, levels.get().most(), identity, maps.map());
      announcer.publish(name, services.bus().now(), identity);
    } catch (IdentityException | IOException e) {
      LOG.log(System.Logger.Level.ERROR, "this box's endpoints can't be announced", e);
    }
  }

  private void enrolled(EnrolAnswer answer) {
    if (name.isEmpty()) {
      try {
        files.name(answer.neighbourhood());
        name = Optional.of(answer.neighbourhood());
        named.accept(answer.neighbourhood());
      } catch (IOException e) {
        LOG.log(System.Logger.Level.ERROR, "the neighbourhood's name can't be kept", e);
      }
    }
    if (answer.map().length > 0 && name.isPresent()) {
      services.verifier().now().ifPresent(v -> take(answer.map(), name.get(), v));
    }
  }

  private List<Endpoint> localEndpoints() {
    List<Endpoint> all = new ArrayList<>();
    for (LocalEndpoints one : local) {
      all.addAll(one.endpoints());
    }
    return all;
  }

  private void saveBook(boolean now) {
    boolean due = now || !clock.instant().isBefore(bookDue);
    if (!bookLoaded || !due || book.arrivals() == bookSaved) {
      return;
    }
    try {
      bookSaved = book.arrivals();
      bookDue = clock.instant().plus(BOOK_EVERY);
      Optional<BoxId> own = services.identity().now().map(Identity::box);
      files.book(book.gossip(own.orElse(null), Integer.MAX_VALUE));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "heard endpoints can't be kept", e);
    }
  }

  @Override
  public void received(Message message) {
    offeredMap.set(message.payload().toArray());
    look();
  }

  @Override
  public Optional<String> name() {
    return name;
  }

  @Override
  public Optional<BoxMap> map() {
    return maps.map();
  }

  @Override
  public List<Endpoint> endpoints(BoxId box) {
    Optional<MapBox> shown = maps.map().flatMap(map -> map.box(box));
    if (shown.filter(MapBox::isMember).isEmpty()) {
      return List.of();
    }
    return book.endpoints(shown.get());
  }

  @Override
  public boolean heard(byte[] signedEndpoint) {
    Optional<BoxMap> map = maps.map();
    Optional<SignatureVerifier> verifier = services.verifier().now();
    return map.isPresent()
        && verifier.isPresent()
        && !isOwn(signedEndpoint, verifier.get())
        && book.heard(signedEndpoint, map.get(), verifier.get(), clock.instant());
  }

  private boolean isOwn(byte[] signedEndpoint, SignatureVerifier verifier) {
    return services
        .identity()
        .now()
        .map(me -> new Twin.Self(me.box(), me.signingKey(), announcer.signed()))
        .filter(self -> twin.isOwn(signedEndpoint, self, verifier, clock.instant()))
        .isPresent();
  }

  @Override
  public List<byte[]> gossip(int limit) {
    return book.gossip(services.identity().now().map(Identity::box).orElse(null), limit);
  }

  /** How it is. */
  public Health health() {
    Optional<Identity> identity = services.identity().now();
    if (identity.isEmpty()) {
      return Health.degraded("the crypto bundle is not there: start it");
    }
    if (!identity.get().enrolled()) {
      String trouble = enroller.trouble();
      return Health.degraded("not enrolled: " + (trouble.isEmpty() ? "asking" : trouble));
    }
    if (maps.map().isEmpty()) {
      return Health.degraded("no map came yet: are broker and headend reachable?");
    }
    int level = maps.map().get().level();
    if (!levels.get().has(level)) {
      return Health.failed(
          "the neighbourhood is at level "
              + level
              + ", the bundles here read "
              + levels.get()
              + ": update this box");
    }
    if (!maps.map().get().isMember(identity.get().box())) {
      String trouble = enroller.trouble();
      return Health.degraded(
          "the map shows this box as no member: "
              + (trouble.isEmpty() ? "asking the headend" : trouble));
    }
    String worst = twin.trouble(clock.instant()) + failures.trouble();
    if (!worst.isEmpty()) {
      return Health.degraded(worst);
    }
    Instant expires = maps.map().get().expires();
    return clock.instant().isBefore(expires)
        ? Health.OK
        : Health.degraded(
            "the map expired at "
                + expires
                + "; reading goes on, new placements wait: are broker and headend reachable?");
  }

  /** Its readings. */
  public List<Meter> meters() {
    Optional<BoxMap> map = maps.map();
    return List.of(
        Meter.gauge("membership.map.epoch", map.map(BoxMap::epoch).orElse(0)),
        Meter.gauge("membership.map.version", map.map(BoxMap::version).orElse(0L)),
        Meter.gauge("membership.map.level", map.map(BoxMap::level).orElse(0)),
        Meter.gauge("membership.map.boxes", map.map(m -> m.boxes().size()).orElse(0)),
        Meter.counter("membership.map.refused.messages", maps.refused()),
        Meter.gauge("membership.endpoints.heard.boxes", book.size()),
        Meter.gauge("membership.twin.flag", twin.trouble(clock.instant()).isEmpty() ? 0 : 1),
        Meter.counter("membership.worker.failures.count", failures.count()),
        Meter.counter("membership.enrolment.failed.attempts", enroller.failures()));
  }

  @Override
  public void close() {
    worker.shutdown();
    client.cancel();
    timer.shutdownNow();
    try {
      if (!worker.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
    saveBook(true);
  }
}
