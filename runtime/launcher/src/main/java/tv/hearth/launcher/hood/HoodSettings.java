package tv.hearth.launcher.hood;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.net.HostPort;

/**
 * What a neighbourhood on this machine was made with, kept in {@code hood.json}: written once. What
 * a newer launcher says in it beside this is not looked at.
 *
 * @param boxes how many, without the ingest node
 * @param broker {@code mqtts://…} of an external broker; empty: the embedded one
 * @param budget {@code open} or {@code least}
 * @param host the address that headend, broker and boxes listen on and announce
 * @param ports broker, enrolment, then transfer, gateway and EPG of the ingest node (0) and of each
 *     box
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record HoodSettings(
    int boxes, String broker, String budget, String host, List<Integer> ports) {
  /** Where nobody outside of this machine is met. */
  public static final String LOOPBACK = "127.0.0.1";

  /** The same in IPv6. */
  static final String LOOPBACK_6 = "::1";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PER_BOX = 3;

  /** A file of before there was a choice has no host. */
  public HoodSettings {
    host = host == null ? LOOPBACK : host;
  }

  /** How many ports {@code boxes} boxes take in all. */
  static int portsFor(int boxes) {
    return 2 + PER_BOX * (boxes + 1);
  }

  /** Where this machine alone is met: IPv6's loopback where the neighbourhood is on it. */
  String loopback() {
    return host.equals(LOOPBACK_6) ? LOOPBACK_6 : LOOPBACK;
  }

  /** The broker's address for boxes. */
  String brokerUrl() {
    return broker.isEmpty() ? new HostPort(host, brokerPort()).url("mqtts") : broker;
  }

  /** The enrolment listener's address for boxes and operators. */
  String headendUrl() {
    return new HostPort(host, enrolmentPort()).url("https");
  }

  int brokerPort() {
    return ports.get(0);
  }

  int enrolmentPort() {
    return ports.get(1);
  }

  int transferPort(int box) {
    return ports.get(2 + PER_BOX * box);
  }

  int gatewayPort(int box) {
    return ports.get(3 + PER_BOX * box);
  }

  int epgPort(int box) {
    return ports.get(4 + PER_BOX * box);
  }

  /** What of those wishes is otherwise here, as {@code hearth up} calls it: {@code --boxes 6}. */
  public List<String> differences(
      Optional<Integer> boxesWished,
      Optional<String> brokerWished,
      Optional<String> budgetWished,
      Optional<String> hostWished) {
    List<String> found = new ArrayList<>();
    boxesWished.filter(n -> n != boxes).ifPresent(n -> found.add("--boxes " + boxes));
    brokerWished
        .filter(url -> !url.equals(broker))
        .ifPresent(url -> found.add(broker.isEmpty() ? "its own broker" : "--broker " + broker));
    budgetWished.filter(b -> !b.equals(budget)).ifPresent(b -> found.add("--budget " + budget));
    hostWished
        .filter(h -> !HostPort.bare(h).equals(host))
        .ifPresent(h -> found.add("--host " + host));
    return found;
  }

  static Path file(Path folder) {
    return folder.resolve("hood.json");
  }

  static HoodSettings read(Path folder) {
    try {
      return checked(JSON.readValue(Files.readString(file(folder)), HoodSettings.class), folder);
    } catch (JsonProcessingException e) {
      throw new LauncherException(
          file(folder) + " is damaged (" + e.getOriginalMessage() + "): mend it, or start anew", e);
    } catch (IOException e) {
      throw new LauncherException(
          "no neighbourhood in " + folder + ": start one with 'hearth up --dir " + folder + "'", e);
    }
  }

  private static HoodSettings checked(HoodSettings read, Path folder) {
    if (read == null || !read.isWhole()) {
      throw new LauncherException(
          file(folder) + " is damaged (fields or ports are missing): mend it, or start anew");
    }
    return read;
  }

  private boolean isWhole() {
    boolean fields = broker != null && budget != null && ports != null && boxes > 0;
    return fields && !ports.contains(null) && ports.size() == portsFor(boxes);
  }

  void write(Path folder) throws IOException {
    Files.writeString(file(folder), JSON.writerWithDefaultPrettyPrinter().writeValueAsString(this));
  }
}
