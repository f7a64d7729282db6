package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/**
 * Lays out a new neighbourhood: the operator's keys, and each node's folder with its configuration.
 */
final class HoodMaker {
  /** The name of every neighbourhood on this machine. */
  static final String NAME = "demo";

  private static final int LOCATIONS = 6;

  private final Path folder;
  private final HoodSettings settings;

  HoodMaker(Path folder, HoodSettings settings) {
    this.folder = folder;
    this.settings = settings;
  }

  void make() {
    try {
      Files.createDirectories(folder);
      OperatorKeys keys =
          OperatorKeys.create(
              folder.resolve("operator"), NAME, Clock.systemUTC(), new SecureRandom());
      if (!settings.host().equals(HoodSettings.LOOPBACK)) {
        keys.renewBroker(List.of(), List.of(settings.host()));
      }
      ReleaseDesk releases = new ReleaseDesk(folder);
      releases.make();
      headend(keys);
      box(keys, 0);
      for (int box = 1; box <= settings.boxes(); box++) {
        box(keys, box);
      }
      settings.write(folder);
    } catch (IOException e) {
      throw new LauncherException(
          "can't lay out a neighbourhood in " + folder + ": " + FileProblem.words(e), e);
    }
  }

  private void headend(OperatorKeys keys) throws IOException {
    Path node = folder.resolve("headend");
    ConfigFile.write(node, "tv.hearth.crypto", Map.of("anchor", keys.anchor()));
    ConfigFile.write(
        node, "tv.hearth.mqtt", Map.of("broker", settings.brokerUrl(), "clientId", "headend"));
    ConfigFile.write(
        node,
        "tv.hearth.headend.registry",
        Map.of(
            "credentials",
            keys.headendCredentials(),
            "host",
            settings.host(),
            "port",
            settings.enrolmentPort(),
            "repository",
            new ReleaseDesk(folder).repository(),
            "neighbourhood",
            NAME));
    control(node);
  }

  private void box(OperatorKeys keys, int box) throws IOException {
    boolean ingest = box == 0;
    Path node = folder.resolve(ingest ? "ingest" : "box-" + box);
    Map<String, Object> crypto = new LinkedHashMap<>();
    crypto.put("anchor", keys.anchor());
    crypto.put("claim", ingest ? keys.newClaim(ClaimKind.INGEST) : keys.newClaim());
    if (ingest) {
      crypto.put("contentKey", keys.contentKey());
    }
    ConfigFile.write(node, "tv.hearth.crypto", crypto);
    ConfigFile.write(
        node,
        "tv.hearth.membership",
        Map.of(
            "anchor",
            keys.anchor(),
            "enrolment",
            settings.headendUrl(),
            "location",
            "pid-" + (box % LOCATIONS + 1),
            "model",
            ingest ? "ingest" : "host"));
    ConfigFile.write(node, "tv.hearth.mqtt", Map.of("broker", settings.brokerUrl()));
    ConfigFile.write(node, "tv.hearth.management", Map.of("manufacturer", "Hearth"));
    ConfigFile.write(node, "tv.hearth.telemetry", Map.of("intervalSeconds", 10));
    ReleaseDesk releases = new ReleaseDesk(folder);
    ConfigFile.write(
        node,
        "tv.hearth.update",
        Map.of(
            "repository",
            settings.headendUrl() + "/v1/repository/",
            "root",
            releases.trustedRoot(),
            "model",
            ingest ? "ingest" : "host"));
    ConfigFile.write(
        node,
        "tv.hearth.transfer",
        Map.of(
            "host",
            settings.host(),
            "port",
            settings.transferPort(box),
            "announce",
            settings.host()));
    ConfigFile.write(
        node,
        "tv.hearth.gateway",
        Map.of("host", settings.loopback(), "port", settings.gatewayPort(box)));
    ConfigFile.write(node, "tv.hearth.runtime.epg", Map.of("port", settings.epgPort(box)));
    if (settings.budget().equals("open")) {
      ConfigFile.write(node, "tv.hearth.runtime.budget", Map.of("cpuShare", "0.5"));
    }
    control(node);
  }

  private static void control(Path node) throws IOException {
    ConfigFile.write(
        node, "tv.hearth.runtime.control", Map.of("file", node.resolve("control.json")));
  }
}
