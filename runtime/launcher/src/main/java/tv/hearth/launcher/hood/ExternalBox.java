package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import tv.hearth.headend.registry.operator.OperatorKeys;

/**
 * A box on another machine or an emulated one: what it needs to join, as a folder to copy onto it.
 *
 * @param folder where to write; made where it is not there
 * @param at the folder's path on the box
 * @param announce address that neighbours reach it by
 * @param port TCP port that it listens on and announces
 * @param model its model
 * @param location ALTO PID that it asks for
 */
public record ExternalBox(
    Path folder, String at, String announce, int port, String model, String location) {
  private static final String ANCHOR = "anchor.pem";
  private static final String CLAIM = "claim";
  private static final String ROOT = "release-root.json";

  void write(HoodSettings settings, OperatorKeys keys, ReleaseDesk releases) throws IOException {
    Files.createDirectories(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    copy(keys.anchor(), ANCHOR);
    copy(keys.newClaim(), CLAIM);
    copy(releases.trustedRoot(), ROOT);
    config("crypto", Map.of("anchor", onBox(ANCHOR), "claim", onBox(CLAIM)));
    config(
        "membership",
        Map.of(
            "anchor",
            onBox(ANCHOR),
            "enrolment",
            settings.headendUrl(),
            "location",
            location,
            "model",
            model));
    config("mqtt", Map.of("broker", settings.brokerUrl()));
    config("management", Map.of("manufacturer", "Hearth"));
    config("runtime.control", Map.of("file", onBox("control.json")));
    config("telemetry", Map.of("intervalSeconds", 10));
    config(
        "update",
        Map.of(
            "repository",
            settings.headendUrl() + "/v1/repository/",
            "root",
            onBox(ROOT),
            "model",
            model));
    Map<String, Object> transfer = new HashMap<>(Map.of("port", port));
    if (!announce.isEmpty()) {
      transfer.put("announce", announce);
    }
    config("transfer", transfer);
    if (settings.budget().equals("open")) {
      config("runtime.budget", Map.of("cpuShare", "0.5"));
    }
  }

  private String onBox(String file) {
    return at + "/" + file;
  }

  private void config(String name, Map<String, ?> values) throws IOException {
    ConfigFile.write(folder, "tv.hearth." + name, values);
  }

  private void copy(Path from, String name) throws IOException {
    Files.copy(from, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }
}
