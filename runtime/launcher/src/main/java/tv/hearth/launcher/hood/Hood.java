package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.net.HostPort;

/** A neighbourhood on this machine, in its folder. */
public final class Hood {
  private static final String CRYPTO = "tv.hearth.crypto";
  private final Path folder;
  private final HoodSettings settings;
  private final Installation installation;

  private Hood(Path folder, HoodSettings settings, Installation installation) {
    this.folder = folder;
    this.settings = settings;
    this.installation = installation;
  }

  /** True where {@code folder} holds one. */
  public static boolean exists(Path folder) {
    return Files.exists(HoodSettings.file(folder));
  }

  /** Opens the one in {@code folder}. */
  public static Hood open(Path folder, Installation installation) {
    Path absolute = folder.toAbsolutePath().normalize();
    return new Hood(absolute, HoodSettings.read(absolute), installation);
  }

  /** Lays out a new one that listens on loopback alone; nothing is started. */
  public static Hood create(
      Path folder, int boxes, String broker, String budget, Installation installation) {
    return create(folder, boxes, broker, budget, HoodSettings.LOOPBACK, installation);
  }

  /**
   * Lays out a new one; nothing is started.
   *
   * @param broker {@code mqtts://HOST:PORT}, or empty for the embedded one
   * @param budget {@code open} or {@code least}
   * @param host the address of this machine that headend, broker and boxes listen on and announce
   */
  public static Hood create(
      Path folder,
      int boxes,
      String broker,
      String budget,
      String host,
      Installation installation) {
    Path absolute = folder.toAbsolutePath().normalize();
    String bare = HostPort.bare(host);
    Ports.requireOurs(bare);
    List<Integer> ports = Ports.free(bare, HoodSettings.portsFor(boxes), new SecureRandom());
    HoodSettings settings = new HoodSettings(boxes, broker, budget, bare, ports);
    new HoodMaker(absolute, settings).make();
    return new Hood(absolute, settings, installation);
  }

  /** Its folder. */
  public Path folder() {
    return folder;
  }

  /** What it was made with. */
  public HoodSettings settings() {
    return settings;
  }

  /** How many boxes, without the ingest node. */
  public int size() {
    return settings.boxes();
  }

  /** The operator's keys. */
  public OperatorKeys operator() throws IOException {
    return OperatorKeys.open(folder.resolve("operator"));
  }

  /** The release keys and the repository. */
  public ReleaseDesk releases() {
    return new ReleaseDesk(folder);
  }

  /** The jars that boxes start with: the firmware. */
  public Path boxBundles() {
    return software().boxBundles();
  }

  /** Where operators ask the headend. */
  public String headendUrl() {
    return settings.headendUrl();
  }

  boolean brokerListens() {
    return Ports.answers(settings.host(), settings.brokerPort());
  }

  boolean headendListens() {
    return Ports.answers(settings.host(), settings.enrolmentPort());
  }

  /** The broker's address. */
  public String brokerUrl() {
    return settings.brokerUrl();
  }

  /**
   * Those boxes, each once, for whoever does something to all of them: none where one does not
   * exist. The ingest node is no box.
   */
  public List<Integer> boxes(List<Integer> numbers) {
    numbers.forEach(number -> require(number, 1));
    return numbers.stream().distinct().toList();
  }

  /** Box {@code number} from 1 on; 0 is the ingest node. */
  public Node box(int number) {
    require(number, 0);
    String name = number == 0 ? "ingest" : "box-" + number;
    return new Node(name, folder.resolve(name));
  }

  private void require(int number, int least) {
    if (number < least || number > settings.boxes()) {
      throw new LauncherException("no box " + number + ": there are 1…" + settings.boxes());
    }
  }

  /** Writes what one more box, outside of this neighbourhood's folder, needs to join it. */
  public void invite(ExternalBox box) throws IOException {
    box.write(settings, operator(), releases());
  }

  /** The numbers of all boxes. */
  public List<Integer> numbers() {
    return IntStream.rangeClosed(1, settings.boxes()).boxed().toList();
  }

  /** The numbers of the boxes that run. */
  public List<Integer> running() {
    return numbers().stream().filter(n -> box(n).process().isPresent()).toList();
  }

  /** The headend. */
  public Node headend() {
    return new Node("headend", folder.resolve("headend"));
  }

  /** The embedded broker. */
  public Node broker() {
    return new Node("broker", folder.resolve("broker"));
  }

  /** True where the broker is ours to start. */
  public boolean hasEmbeddedBroker() {
    return settings.broker().isEmpty();
  }

  /** The gateway of a box; ends with a slash. */
  public String gateway(int number) {
    return new HostPort(settings.loopback(), settings.gatewayPort(number)).url("http") + "/";
  }

  /** The sample EPG's page of a box, on ::1 where this machine has no other loopback. */
  public String epg(int number) {
    return new HostPort(Ports.loopback(), settings.epgPort(number)).url("http") + "/";
  }

  /** Starts the embedded broker. */
  public void startBroker() throws IOException {
    checkFree(settings.host(), settings.brokerPort(), "the broker's");
    OperatorKeys keys = operator();
    Files.createDirectories(broker().folder());
    List<String> arguments =
        List.of(
            "--dir",
            broker().folder().resolve("data").toString(),
            "--anchor",
            keys.anchor().toString(),
            "--clients",
            keys.brokerTrust().toString(),
            "--cert",
            keys.brokerCertificate().toString(),
            "--key",
            keys.brokerKey().toString(),
            "--acl",
            installation.accessList().toString(),
            "--host",
            settings.host(),
            "--port",
            String.valueOf(settings.brokerPort()));
    broker().start(JavaCommand.broker(installation, arguments));
  }

  /**
   * Copies bundles, framework and host into the neighbourhood's folder, where nothing runs: a build
   * that goes on beside it then changes no jar under a running box.
   */
  public void refreshSoftware() throws IOException {
    if (nodes().stream().noneMatch(node -> node.process().isPresent())) {
      installation.copyTo(folder.resolve("software"));
    }
  }

  private Installation.Copy software() {
    return new Installation.Copy(folder.resolve("software"));
  }

  /** Starts the headend. */
  public void startHeadend() {
    checkFree(settings.host(), settings.enrolmentPort(), "the enrolment listener's");
    start(headend(), JavaCommand.headend(software(), headend()));
  }

  /** Starts a box. */
  public void startBox(int number) {
    checkFree(settings.host(), settings.transferPort(number), "box " + number + "'s transfer");
    checkFree(settings.loopback(), settings.gatewayPort(number), "box " + number + "'s gateway");
    Node node = box(number);
    start(node, JavaCommand.box(software(), node));
  }

  private void start(Node node, List<String> command) {
    node.start(new SqliteFile(installation).into(command, node.folder()));
  }

  private void checkFree(String host, int port, String whose) {
    Ports.requireOurs(host);
    if (!Ports.isFree(host, port)) {
      throw new LauncherException(
          whose
              + " port "
              + port
              + " is in use: end what listens there, or change it in "
              + HoodSettings.file(folder)
              + " and the node's etc/");
    }
  }

  /** All nodes, boxes first, the broker last: the order in which they are stopped. */
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    IntStream.rangeClosed(0, settings.boxes()).forEach(number -> nodes.add(box(number)));
    nodes.add(headend());
    nodes.add(broker());
    return nodes;
  }

  /**
   * Throws away a box's state, as if its disk had died. The next one gets a new claim code, which
   * says whose place it takes: the old one leaves the neighbourhood when that enrols.
   */
  public void lose(int number) throws IOException {
    Node node = box(number);
    node.kill();
    for (String part : List.of("home", "framework")) {
      deleteTree(node.folder().resolve(part));
    }
    String old = claimOf(number);
    Path claim = operator().newClaim(ClaimKind.BOX, old);
    ConfigFile.change(node.folder(), CRYPTO, "claim", claim.toString());
  }

  /** The id of the claim that box {@code number} was given; names the box at the headend. */
  public String claimOf(int number) throws IOException {
    String claim = ConfigFile.read(box(number).folder(), CRYPTO).getProperty("claim", "");
    return Path.of(claim).getFileName().toString().replaceFirst("\\.claim$", "");
  }

  /**
   * As above, and behind it the claims of boxes that were lost in that place and whose successor
   * has not come yet, the latest first.
   */
  public List<String> claimsOf(int number) throws IOException {
    List<String> claims = new ArrayList<>(List.of(claimOf(number)));
    claims.addAll(operator().claimsBefore(claims.get(0)));
    return claims;
  }

  /** Deletes a folder and what is in it; not there: no effect. */
  public static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
