package tv.hearth.update.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.level.Levels;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.Disk;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.Exchange.Manner;
import tv.hearth.support.release.FirmwareSet;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.Marks;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.release.LeastVersions;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.tuf.release.ReleaseFile;
import tv.hearth.update.PayloadFetcher.Traffic;

/** A box in memory: disk, framework, repository, anchor and engine. */
final class World implements Ports.Repository, Ports.Vitals, Ports.Pause {
  static final Map<String, String> FIRMWARE =
      Map.of(
          "tv.hearth.api", "api 1",
          "tv.hearth.update", "update 1",
          "tv.hearth.storage", "storage 1",
          "tv.hearth.transfer", "transfer 1",
          "tv.hearth.old", "old 1");
  static final Map<String, String> NEXT =
      Map.of(
          "tv.hearth.api", "api 1",
          "tv.hearth.update", "update 2",
          "tv.hearth.storage", "storage 2",
          "tv.hearth.transfer", "transfer 2",
          "tv.hearth.new", "new 2");

  final Power power = new Power();
  final MemoryDisk disk = new MemoryDisk(power);
  final MemoryFrame frame = new MemoryFrame(power);
  final Map<String, Ports.Signed> releases = new HashMap<>();
  final Map<String, byte[]> payloads = new HashMap<>();
  final List<String> heard = new ArrayList<>();
  final Map<String, String> ailing = new TreeMap<>();
  List<String> services =
      List.of("tv.hearth.api.A tv.hearth.storage", "tv.hearth.api.B tv.hearth.old");
  List<String> stated = List.of();
  Map<String, Map<String, String>> headers = new HashMap<>();
  String line = "";
  boolean answers = true;
  Levels levels = Levels.UNSAID;
  LeastVersions from = LeastVersions.NONE;
  int level = 1;
  boolean cancelled;
  boolean closed;
  Runnable eachFetch = () -> {};
  Map<String, String> firmware = FIRMWARE;
  boolean firmwareReinstalls = true;
  Runnable eachSecond = () -> {};
  int seconds;

  World() {
    frame.firmware(FIRMWARE);
    frame.startAll();
  }

  /** Adds a release to the repository; headers as a good bundle has them. */
  String release(String version, long counter, Map<String, String> bundles) {
    List<ReleaseBundle> all = new ArrayList<>();
    Map<String, TargetFile> targets = new HashMap<>();
    new TreeMap<>(bundles)
        .forEach(
            (name, text) -> {
              byte[] jar = text.getBytes(UTF_8);
              String sha256 = hash(jar);
              payloads.put(sha256, jar);
              Map<String, String> headers = new LinkedHashMap<>();
              headers.put("Bundle-SymbolicName", name);
              headers.putAll(this.headers.getOrDefault(name, Map.of()));
              all.add(
                  new ReleaseBundle(name, text, "bundle/" + name + ".jar", sha256, 10, headers));
              targets.put(
                  name,
                  new TargetFile(
                      "bundle/" + name + ".jar",
                      jar.length,
                      Map.of("sha256", sha256),
                      new JsonObject(Map.of())));
            });
    String target = ReleaseFile.target("box", version);
    releases.put(
        target,
        new Ports.Signed(
            new ReleaseFile("box", version, counter, List.of("*"), 9, levels, from, all, Map.of()),
            targets));
    return target;
  }

  /** Begins an operation, as the agent does. */
  void begin(String id, String target) throws Exception {
    Ledger ledger = ledger();
    ledger.change(s -> s.with(OperationRecord.begun(id, target, "REFRESHING", 1)));
  }

  /** Runs the engine, and the anchor where it is asked, until nothing is left to do. */
  void run() throws Exception {
    for (int i = 0; i < 10; i++) {
      if (runUntilAsked()) {
        return;
      }
    }
    throw new AssertionError("the engine comes to no end: " + state());
  }

  /** As above, but no further than the anchor; true where nothing is left to do. */
  boolean runUntilAsked() throws Exception {
    boolean[] asked = new boolean[1];
    boolean ended = engine(asked).goOn();
    if (asked[0]) {
      boolean back = state().step() == State.Step.RETURNING;
      exchange().to(state().wanted().orElseThrow(), new Manner(true, back, true, ""));
    }
    return ended;
  }

  /** Runs the engine of an agent that is stopped alone, and not the box; a new one comes later. */
  boolean runUntilClosed() throws Exception {
    boolean ended = engine(new boolean[1]).goOn();
    closed = false;
    return ended;
  }

  /** The power is cut and comes back: the firmware's bundles, then the anchor, then all start. */
  void reboot(Random random) throws Exception {
    disk.cut(random);
    frame.cut(random);
    boot();
  }

  void boot() throws Exception {
    if (firmwareReinstalls) {
      frame.firmware(firmware);
    }
    new Restart(new Journal(disk), exchange(), frame).run(1_000);
    frame.startAll();
  }

  /** How many records the journal had so far. */
  long records() {
    try {
      return new Journal(disk).newest();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** How often the set that is back began to be watched. */
  int watches() {
    try {
      return state().wayBack().watches();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  State state() throws IOException {
    return new Journal(disk).read();
  }

  OperationRecord operation(String id) throws IOException {
    return state().operations().stream().filter(op -> op.id().equals(id)).findAny().orElseThrow();
  }

  Ledger ledger() throws IOException {
    return new Ledger(new Journal(disk), op -> heard.add(op.id() + " " + op.phase()));
  }

  private Exchange exchange() throws IOException {
    return new Exchange(frame, new BundleStore(disk), new Marks(disk));
  }

  private Engine engine(boolean[] asked) throws IOException {
    Ledger ledger = ledger();
    BundleStore store = new BundleStore(disk);
    Exchange exchange = exchange();
    BooleanSupplier cancel = () -> cancelled;
    Staging.Needs needs =
        new Staging.Needs(
            this,
            firmware(store),
            (release, touched) -> {},
            (unit, headers) -> {},
            () -> true,
            "model",
            () -> level,
            1_000);
    return new Engine(
        ledger,
        new Staging(ledger, disk, store, exchange, needs, () -> closed || cancelled),
        new Switch(
            exchange,
            set -> {},
            () -> {
              asked[0] = true;
              return true;
            }),
        this,
        this,
        () -> Instant.ofEpochMilli(1_000),
        cancel);
  }

  private Ports.Firmware firmware(BundleStore store) {
    return new Ports.Firmware() {
      @Override
      public SetRecord adopt() throws UpdateException {
        List<UnitRecord> units = new ArrayList<>();
        for (Frame.Placed each : frame.bundles()) {
          byte[] jar = each.version().getBytes(UTF_8);
          units.add(
              each.location().startsWith("file:")
                  ? unit(each, hash(jar), each.location())
                  : copy(each, store));
        }
        return FirmwareSet.of(units);
      }

      @Override
      public UnitRecord keep(UnitRecord unit) throws UpdateException {
        for (Frame.Placed each : frame.bundles()) {
          if (each.symbolicName().equals(unit.symbolicName())) {
            return copy(each, store);
          }
        }
        throw new UpdateException(Problem.STORAGE, "no " + unit.symbolicName());
      }
    };
  }

  private static UnitRecord copy(Frame.Placed bundle, BundleStore store) throws UpdateException {
    try {
      byte[] jar = bundle.version().getBytes(UTF_8);
      return unit(bundle, store.copy(new ByteArrayInputStream(jar)), "");
    } catch (IOException e) {
      throw new UpdateException(Problem.STORAGE, e.getMessage(), e);
    }
  }

  private static UnitRecord unit(Frame.Placed bundle, String sha256, String source) {
    int length = bundle.version().getBytes(UTF_8).length;
    return new UnitRecord(bundle.symbolicName(), bundle.version(), sha256, length, 10, source);
  }

  @Override
  public Ports.Signed find(String target, BooleanSupplier stop) throws UpdateException {
    Ports.Signed signed = releases.get(target);
    if (signed == null) {
      throw new UpdateException(Problem.UNKNOWN_TARGET, "no " + target);
    }
    return signed;
  }

  @Override
  public Traffic fetch(TargetFile target, String sha256, BooleanSupplier stop)
      throws UpdateException {
    eachFetch.run();
    if (stop.getAsBoolean()) {
      throw new UpdateException(Problem.CANCELLED, "stopped while " + sha256 + " was fetched");
    }
    try (Disk.Sink sink = disk.create(BundleStore.incoming(sha256))) {
      byte[] jar = payloads.get(sha256);
      sink.write(jar, 0, jar.length);
      return new Traffic(jar.length, 0);
    } catch (IOException e) {
      throw new UpdateException(Problem.STORAGE, e.getMessage(), e);
    }
  }

  @Override
  public String line() {
    return line;
  }

  @Override
  public List<String> stated() {
    return stated;
  }

  @Override
  public boolean answers(String broker) {
    return answers;
  }

  @Override
  public List<String> services() {
    return services;
  }

  @Override
  public Map<String, String> ailing() {
    return Map.copyOf(ailing);
  }

  @Override
  public List<String> idle(SetRecord set) {
    return set.units().stream()
        .map(UnitRecord::symbolicName)
        .filter(name -> !frame.active().contains(name))
        .toList();
  }

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public boolean second() {
    boolean goesOn = !closed; // the end may come right behind the look at it
    seconds++;
    eachSecond.run();
    return goesOn;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  static String hash(byte[] bytes) {
    try {
      return BundleStore.hash(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
