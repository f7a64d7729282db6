package tv.hearth.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tv.hearth.launcher.command.Objects;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** The main job from beginning to end, telling what it does and sees. One use. */
public final class DemoRun {
  private final Hood hood;
  private final Path scratch;
  private final Path given;
  private final Random random;
  private final Set<Integer> players = new HashSet<>();
  private final Output out;
  private final Objects catalogue;
  private final Report report = new Report();
  private final Set<Integer> off = new TreeSet<>();
  private final Tally watched = new Tally();
  private final long begin = System.nanoTime();

  /**
   * Of a neighbourhood that is laid out and not started.
   *
   * @param given a film, or null for the repository's own
   * @param seed chooses the boxes that go off
   */
  public DemoRun(Hood hood, Path scratch, Path given, long seed, Output out) {
    this.hood = hood;
    this.scratch = scratch;
    this.given = given;
    this.random = new Random(seed);
    this.out = out;
    this.catalogue = new Objects(hood, 0, true);
    report.put("seed", seed);
    report.put("boxes", hood.size());
  }

  /** Runs it; a report whose {@code allRight} is false where any byte was wrong. */
  public Report run() throws IOException {
    start();
    Film film = given == null ? sample() : Film.prepare(given, scratch);
    Film folder = FolderMaker.make(scratch, 7);
    JsonNode storedFilm = store(film, "half-proof", "film");
    JsonNode storedFolder = store(folder, "film", "folder");
    JsonNode survives = storedFolder.get("survives");
    someOff(Math.min(4, survives.get("losses").asInt()), film, folder);
    halfOff(film, folder);
    back(folder);
    rollouts(film);
    memory();
    summary(film, storedFilm);
    return report;
  }

  private void start() throws IOException {
    step("Starting " + hood.size() + " boxes, a JVM each, with broker, headend and an ingest node");
    long start = System.nanoTime();
    new Starter(hood).up(out.progress());
    long nanos = System.nanoTime() - start;
    report.put("startSeconds", nanos / 1e9);
    out.say(
        "  each made its keys, enrolled by its claim code and got the signed map: "
            + Words.seconds(nanos));
  }

  private static Film sample() {
    Path folder = tv.hearth.launcher.hood.Installation.own().sampleFilm();
    return new Film(folder.getFileName().toString(), folder);
  }

  private JsonNode store(Film film, String durability, String label) throws IOException {
    step("Storing " + film.name() + " (" + Words.bytes(film.length()) + ") in class " + durability);
    long before = pieceBytes();
    long start = System.nanoTime();
    JsonNode stored = catalogue.put(film.source(), film.name(), durability, out.progress());
    long nanos = System.nanoTime() - start;
    long placed = pieceBytes() - before;
    int k = stored.get("survives").get("k").asInt();
    int n = stored.get("survives").get("n").asInt();
    report.put(label + "Bytes", film.length());
    report.put(label + "StoredBytes", placed);
    report.put(label + "Placed", k + " of " + n);
    report.put(label + "StoreSeconds", nanos / 1e9);
    out.say(
        "  sealed and coded: any "
            + k
            + " of "
            + n
            + " pieces restore it; "
            + Words.bytes(placed)
            + " of pieces lie in the boxes, "
            + String.format(Locale.ROOT, "%.2f", (double) placed / film.length())
            + " times its size; "
            + Words.seconds(nanos)
            + ", "
            + Words.rate(film.length(), nanos));
    return stored;
  }

  private long pieceBytes() {
    long bytes = 0;
    for (int number : hood.running()) {
      bytes += new ControlClient(hood.box(number)).status().path("pieceBytes").asLong();
    }
    return bytes;
  }

  private void someOff(int count, Film film, Film folder) throws IOException {
    switchOff(count);
    play(film, "film, " + count + " off", "some");
    int through = pick();
    out.say("  reading the folder through box " + through + "'s gateway");
    Tally tally = new Player(gateway(through), folder, out.progress()).readAll("reading");
    report.require("folderRightWithSomeOff", tally.right());
    out.say("  folder: " + verdict(tally) + ", " + Words.rate(tally.bytes, tally.nanos));
  }

  private void halfOff(Film film, Film folder) throws IOException {
    switchOff(hood.size() / 2 - off.size());
    Tally tally = play(film, "film, half off", "half");
    report.put("playSeconds", tally.nanos / 1e9);
    report.put("seeks", tally.seeks);
    try {
      Tally read = new Player(gateway(pick()), folder, out.progress()).readAll("reading");
      report.put("classFilmReadableWithHalfOff", read.right());
      report.require("classFilmBytes", read.wrongBytes == 0);
      out.say("  the folder in class film could still be read this time: " + verdict(read));
    } catch (Gateway.NotServed e) {
      report.put("classFilmReadableWithHalfOff", false);
      out.say("  the folder in class film can't be read now; it would need its origin:");
      out.say("    " + e.getMessage());
    } catch (IOException e) {
      // A box that has read it before begins with what it cached; an answer has no other end.
      report.put("classFilmReadableWithHalfOff", false);
      out.say("  the folder in class film can't be read to its end now; it would need its origin:");
      out.say("    the gateway cut its answer where pieces are missing (" + e.getMessage() + ")");
    }
  }

  private void switchOff(int count) {
    List<Integer> running = new ArrayList<>(hood.running());
    Collections.shuffle(running, random);
    List<Integer> chosen = running.subList(0, count);
    off.addAll(chosen);
    step(
        "Switching "
            + count
            + " boxes off at random (seed "
            + report.values().get("seed")
            + "), as a pulled plug does: "
            + new TreeSet<>(chosen));
    chosen.parallelStream().forEach(number -> hood.box(number).kill());
    out.say("  " + off.size() + " of " + hood.size() + " are off: " + off);
  }

  private int pick() {
    List<Integer> running = hood.running();
    return running.get(random.nextInt(running.size()));
  }

  /** A box that has nothing of the film in its cache, where there is one. */
  private int pickNewPlayer() {
    List<Integer> fresh = new ArrayList<>(hood.running());
    fresh.removeAll(players);
    int number = fresh.isEmpty() ? pick() : fresh.get(random.nextInt(fresh.size()));
    players.add(number);
    return number;
  }

  private Gateway gateway(int number) {
    return new Gateway(hood.gateway(number));
  }

  private Tally play(Film film, String what, String key) throws IOException {
    int through = pickNewPlayer();
    Objects box = new Objects(hood, through, true);
    JsonNode before = box.sources();
    out.say(
        "  playing it through box " + through + "'s gateway, " + hood.gateway(through) + "film/");
    Tally tally = new Player(gateway(through), film, out.progress()).play(random);
    watched.add(tally);
    report.put("stalls", watched.stalls);
    report.put("stalledMillis", watched.stalledNanos / 1_000_000);
    report.require(key + "OffFilmRight", tally.right());
    out.say("  " + what + ": " + verdict(tally));
    out.say(
        "    "
            + Words.seconds(tally.nanos)
            + " for "
            + String.format(Locale.ROOT, "%.0f s of film, ", tally.filmSeconds)
            + Words.rate(tally.bytes, tally.nanos)
            + "; first picture's bytes after "
            + Words.seconds(tally.startNanos)
            + "; "
            + tally.stallsInWords()
            + "; "
            + tally.seeks
            + " seeks, slowest "
            + Words.seconds(tally.slowestSeekNanos));
    sources(before, box.sources());
    return tally;
  }

  private void sources(JsonNode before, JsonNode after) {
    Map<String, Integer> names = new TreeMap<>();
    hood.running()
        .forEach(n -> names.put(new ControlClient(hood.box(n)).status().path("box").asText(), n));
    List<String> parts = new ArrayList<>();
    Set<String> givers = new HashSet<>();
    after
        .properties()
        .forEach(
            entry -> {
              long bytes = entry.getValue().asLong() - before.path(entry.getKey()).asLong();
              if (bytes > 0) {
                givers.add(entry.getKey());
                Integer number = names.get(entry.getKey());
                String box = number == null ? entry.getKey().substring(0, 8) : "box " + number;
                parts.add(box + " " + Words.bytes(bytes));
              }
            });
    report.put("givers", givers.size());
    out.say("    came from " + String.join(", ", parts));
  }

  private static String verdict(Tally tally) {
    return tally.wrongBytes == 0
        ? "all " + Words.bytes(tally.bytes) + " right"
        : tally.wrongBytes + " of " + tally.bytes + " BYTES WRONG";
  }

  private void back(Film folder) throws IOException {
    step("Bringing the boxes back");
    long start = System.nanoTime();
    new Starter(hood).boxes(new ArrayList<>(off), out.progress());
    off.clear();
    out.say(
        "  "
            + hood.running().size()
            + " run again after "
            + Words.seconds(System.nanoTime() - start));
    Tally tally = new Player(gateway(pick()), folder, out.progress()).readAll("reading");
    report.require("folderRightAfterReturn", tally.right());
    out.say("  the folder in class film is there again: " + verdict(tally));
  }

  private void rollouts(Film film) throws IOException {
    RolloutShow show = new RolloutShow(hood, scratch, out, report);
    long seed = random.nextInt(1_000_000);
    step("Rolling a release of new storage, transfer and crypto through, while the film plays");
    show.good(film, this::pickNewPlayer, seed);
    step("Rolling a bad release: its canary fails, goes back by itself, and the campaign stops");
    show.bad(seed + 1);
  }

  private void memory() {
    long sum = 0;
    long peak = 0;
    int count = 0;
    for (int number : hood.running()) {
      long[] memory = hood.box(number).memory().orElse(new long[2]);
      sum += memory[0];
      peak = Math.max(peak, memory[1]);
      count++;
    }
    report.put("rssPerBox", sum / Math.max(1, count));
    report.put("rssPeak", peak);
  }

  /** The longest time that each exchanged service was away. */
  private static String gaps(Map<String, Object> figures) {
    return ((Map<?, ?>) figures.get("serviceGapMillis"))
        .entrySet().stream()
            .map(e -> String.valueOf(e.getKey()).replace("tv.hearth.", "") + " " + e.getValue())
            .collect(Collectors.joining(", ", "without the service at worst: ", " ms"));
  }

  private void summary(Film film, JsonNode stored) throws IOException {
    long seconds = (System.nanoTime() - begin) / 1_000_000_000;
    report.put("seconds", seconds);
    Map<String, Object> v = report.values();
    step("Summary");
    out.say("  boxes        " + hood.size() + ", half of them off while the film played");
    out.say(
        "  film         "
            + Words.bytes(film.length())
            + " in "
            + v.get("filmPlaced")
            + " pieces: "
            + Words.bytes((Long) v.get("filmStoredBytes"))
            + " stored, "
            + stored.get("survives").get("losses")
            + " boxes may go");
    out.say(
        "  folder       "
            + Words.bytes((Long) v.get("folderBytes"))
            + " in "
            + v.get("folderPlaced")
            + " pieces: "
            + Words.bytes((Long) v.get("folderStoredBytes"))
            + " stored, with half off it needs its origin");
    out.say("  stalls       " + watched.stallsInWords() + ", with boxes off");
    out.say(
        "  update       "
            + gaps(v)
            + "; "
            + Words.count((Integer) v.get("stallsWhileUpdating"), "stall", "stalls")
            + "; payload "
            + Words.bytes((Long) v.get("updateBytesFromHeadend"))
            + " from the headend, "
            + Words.bytes((Long) v.get("updateBytesFromNeighbours"))
            + " from neighbours");
    out.say(
        "  bad release  "
            + v.get("badRolledBack")
            + " box went back by itself, "
            + v.get("badNeverAsked")
            + " were never asked");
    out.say(
        "  memory       "
            + Words.bytes((Long) v.get("rssPerBox"))
            + " RSS a box (peak "
            + Words.bytes((Long) v.get("rssPeak"))
            + "), heap limit 64 MB");
    out.say("  time         " + seconds + " s in all, seed " + v.get("seed"));
    out.say(
        report.allRight()
            ? "  every byte was right"
            : "  SOMETHING WAS WRONG: see above; logs in " + hood.folder());
  }

  private void step(String what) {
    out.say("");
    out.say(
        String.format(
            Locale.ROOT, "[%3d s] %s", (System.nanoTime() - begin) / 1_000_000_000, what));
  }
}
