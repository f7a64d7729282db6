package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * One access list, one table of cases, for every broker. In the table, A and B stand for the topics
 * of two boxes of the neighbourhood. Judged by effect: what a broker takes and what it delivers.
 */
abstract class AccessTable {
  static final String BASE = "hearth/v1/hamlet/";

  @TempDir static Path dir;

  static Operator operator;

  private static final Map<String, RawClient> clients = new HashMap<>();

  @AfterAll
  static void closeClients() {
    clients.values().forEach(RawClient::close);
    clients.clear();
  }

  abstract int port();

  /** True where the broker refuses what reaches beyond the list at once, not at delivery. */
  abstract boolean refusesSubscriptions();

  @ParameterizedTest
  @CsvSource({
    "a, A/up/record, true",
    "a, A/up/state, true",
    "a, A/up/telemetry, true",
    "a, B/up/record, false",
    "a, B/up/state, false",
    "a, A/down/x, false",
    "a, B/down/x, false",
    "a, hearth/v1/hamlet/map, false",
    "a, hearth/v1/hamlet, false",
    "a, hearth/v2/hamlet/map, false",
    "a, anything, false",
    "headend, hearth/v1/hamlet/map, true",
    "headend, A/down/x, true",
    "headend, B/down/x, true",
    "headend, A/up/record, false",
    "headend, anything, false",
    "controller, A/down/usp, true",
    "controller, A/down/x, false",
    "controller, A/up/usp, false",
    "broker, hearth/v1/hamlet/map, false",
    "operator, hearth/v1/hamlet/map, false",
    "stranger, hearth/v1/hamlet/map, false",
    "stranger, A/up/record, false",
    "stranger, A/down/x, false",
  })
  void publishing(String user, String topic, boolean allowed) throws Exception {
    assertEquals(allowed, client(user).publish(full(topic), false), user + " -> " + topic);
  }

  @ParameterizedTest
  @CsvSource({
    "a, A/down/#, A/down/x, true",
    "a, A/down/x, A/down/x, true",
    "a, hearth/v1/hamlet/map, hearth/v1/hamlet/map, true",
    "a, hearth/v1/+/map, hearth/v1/hamlet/map, true",
    "a, B/down/#, B/down/x, false",
    "a, hearth/v1/hamlet/box/+/down/x, B/down/x, false",
    "a, hearth/#, B/down/x, false",
    "a, hearth/#, B/up/record, false",
    "a, #, B/up/record, false",
    "a, B/up/#, B/up/record, false",
    "a, A/up/#, A/up/record, false",
    "headend, hearth/v1/+/box/+/up/#, A/up/record, true",
    "headend, hearth/v1/hamlet/box/+/up/state, B/up/state, true",
    "headend, A/down/#, A/down/x, false",
    "controller, A/up/usp/proto::hearth-controller, A/up/usp/proto::hearth-controller, true",
    "controller, A/up/usp, A/up/usp, false",
    "controller, hearth/v1/+/box/+/up/#, A/up/usp/proto::other, false",
    "stranger, A/down/#, A/down/x, false",
    "stranger, hearth/v1/+/box/+/up/#, A/up/record, false",
    "broker, hearth/v1/hamlet/map, hearth/v1/hamlet/map, false",
    "operator, hearth/#, A/up/record, false",
  })
  void reading(String user, String filter, String topic, boolean allowed) throws Exception {
    RawClient reader = client(user);
    reader.heard.clear();
    boolean granted = reader.subscribe(full(filter));
    assertTrue(granted || !allowed, user + " <- " + filter);
    assertFalse(granted && !allowed && refusesSubscriptions(), user + " <- " + filter);
    if (allowed) {
      assertTrue(client(writerOf(topic)).publish(full(topic), false));
      Await.until(user + " <- " + topic, () -> reader.heard.contains(full(topic)));
    } else {
      publishBeforeWitness(topic);
      assertEquals(List.of(), reader.heard.stream().filter(full(topic)::equals).toList());
    }
    reader.unsubscribe(full(filter));
  }

  @Test
  void aRetainedMapIsThereForALateBox() throws Exception {
    assertTrue(client("headend").publish(BASE + "map", true));
    assertTrue(client("b").subscribe(BASE + "map"));
    Await.until("map", () -> heard("b", BASE + "map"));
    client("b").unsubscribe(BASE + "map");
  }

  @Test
  void nobodyActsUnderAnothersClientId() throws Exception {
    RawClient victim = client("a");
    assertTrue(victim.subscribe(full("A/down/#")));
    try (RawClient thief = new RawClient(port(), tls("c"), name("a"))) {
      assertFalse(thief.publish(full("A/up/record"), false));
      assertTrue(client("headend").publish(full("A/down/theft"), false));
      Await.until("the victim's message", () -> heard("a", full("A/down/theft")));
      assertEquals(List.of(), thief.heard);
    } catch (IOException e) {
      assertTrue(e.getMessage().contains("client id"), e.getMessage());
    }
    assertTrue(victim.connected());
    victim.unsubscribe(full("A/down/#"));
  }

  @Test
  void anotherOperatorsBoxIsNotLetIn() throws Exception {
    Operator other = new Operator(dir.resolve("other-" + port()));
    SSLContext theirs = other.tlsTrusting(name("a"), operator);
    assertThrows(IOException.class, () -> new RawClient(port(), theirs, name("a")).close());
  }

  @Test
  void aRenewalCredentialIsNotLetIn() throws Exception {
    SSLContext renewal = operator.renewalTls(name("a"));
    assertThrows(IOException.class, () -> new RawClient(port(), renewal, name("a")).close());
  }

  @Test
  void aClientWithoutACertificateIsNotLetIn() throws Exception {
    SSLContext none = operator.anonymousTls();
    assertThrows(IOException.class, () -> new RawClient(port(), none, name("a")).close());
  }

  @Test
  void aBoxIsNoBroker() throws Exception {
    try (TlsServer impostor = new TlsServer(tls("b"))) {
      IOException refused =
          assertThrows(
              IOException.class, () -> new RawClient(impostor.port(), tls("a"), name("a")).close());
      assertTrue(refused.getMessage().contains("TLS"), refused.getMessage());
    }
  }

  /** Publishes, and waits until somebody who may read it has heard it. */
  private void publishBeforeWitness(String topic) throws Exception {
    String witness = topic.contains("/up/") ? "headend" : topic.startsWith("B") ? "b" : "a";
    RawClient ears = client(witness);
    int before = ears.heard.size();
    assertTrue(ears.subscribe(full(topic)));
    assertTrue(client(writerOf(topic)).publish(full(topic), false));
    Await.until(
        "witness of " + topic, () -> heard(witness, full(topic)) && ears.heard.size() > before);
    ears.unsubscribe(full(topic));
  }

  private boolean heard(String user, String topic) {
    return clients.get(user).heard.contains(topic);
  }

  /** One connection for each user, for connecting takes Paho a third of a second. */
  private RawClient client(String user) throws Exception {
    if (!clients.containsKey(user)) {
      clients.put(user, new RawClient(port(), tls(user), name(user)));
    }
    return clients.get(user);
  }

  private SSLContext tls(String user) throws Exception {
    return operator.tls(name(user));
  }

  private static String name(String user) {
    return user.length() == 1 ? TestNode.id(user.charAt(0)).text() : user;
  }

  private static String writerOf(String topic) {
    boolean up = topic.contains("/up/");
    return up ? (topic.startsWith("B") ? "b" : "a") : "headend";
  }

  private static String full(String topic) {
    boolean box = topic.startsWith("A/") || topic.startsWith("B/");
    String letter = topic.substring(0, 1).toLowerCase(Locale.ROOT);
    return box ? BASE + "box/" + name(letter) + topic.substring(1) : topic;
  }
}
