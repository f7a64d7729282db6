package tv.hearth.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;
import tv.hearth.api.value.Bytes;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetSupportedProtocol;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.UspError;
import tv.hearth.usp.record.UspRecord;

/** What hostile or broken controllers and brokers bring. */
class EndpointTest {
  @TempDir Path folder;
  private Bench bench;

  @BeforeEach
  void begin() throws Exception {
    bench = new Bench(folder);
  }

  private static Msg install() {
    return new Msg(
        "1",
        new Operate(
            "Device.SoftwareModules.InstallDU()",
            "k",
            true,
            Map.of("URL", "tuf:release/hearth/2.json")));
  }

  @Test
  void anothersCommandIsIgnored() {
    byte[] record = bench.record("self::box2", Bench.CONTROLLER, install());
    assertTrue(bench.send(record).isEmpty());
    assertTrue(bench.operations.isEmpty());
  }

  @Test
  void aCommandThatComesTwiceRunsOnce() throws Exception {
    byte[] record = bench.record(Bench.ME, Bench.CONTROLLER, install());
    assertTrue(bench.send(record).isPresent());
    assertTrue(bench.send(record).isEmpty());
    bench.millis += 299_000;
    assertTrue(bench.send(record).isEmpty());
    assertEquals(1, bench.operations.size());
  }

  @Test
  void aQuestionThatComesTwiceIsAnsweredTwice() throws Exception {
    Msg get = new Msg("1", new Get(List.of("Device."), 0));
    byte[] record = bench.record(Bench.ME, Bench.CONTROLLER, get);
    assertTrue(bench.send(record).isPresent());
    assertTrue(bench.send(record).isPresent());
  }

  @Test
  void aSessionContextIsRefusedWithItsCode() throws Exception {
    byte[] record =
        new tv.hearth.usp.wire.WireWriter()
            .text(1, "1.3")
            .text(2, Bench.ME)
            .text(3, Bench.CONTROLLER)
            .message(8, new tv.hearth.usp.wire.WireWriter().number(1, 5))
            .toBytes();
    UspRecord answer = UspRecord.parse(bench.send(record).orElseThrow().payload().toArray());
    assertEquals(UspRecord.Kind.DISCONNECT, answer.kind());
    assertEquals(7106, answer.code());
  }

  @Test
  void aBrokenMessageGetsAnErrorWithItsId() throws Exception {
    byte[] broken = new Msg("abc", new GetSupportedProtocol("1.3")).encode();
    broken[broken.length - 6] = 0x7F;
    Optional<Message> reply =
        bench.send(UspRecord.message(Bench.ME, Bench.CONTROLLER, broken).encode());
    Msg error = Msg.parse(UspRecord.parse(reply.orElseThrow().payload().toArray()).payload());
    assertEquals("abc", error.id());
    assertEquals(7000, ((UspError) error.body()).code());
  }

  @Test
  void rubbishGetsNothing() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = bench.record(Bench.ME, Bench.CONTROLLER, install());
    for (int i = 0; i < 5_000; i++) {
      byte[] bad = good.clone();
      for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      bench.send(bad);
    }
    for (var operation : bench.operations.values()) {
      assertTrue(operation.target().startsWith("release/"), "seed " + seed);
    }
    assertTrue(bench.send(new byte[0]).isEmpty());
  }

  @Test
  void answersGoWhereTheyMayBeSpoken() {
    Msg get = new Msg("1", new Get(List.of("Device."), 0));
    for (String topic :
        List.of("hearth/v1/n/box/box2/up/usp", "hearth/v1/n/map", Bench.BASE + "up/#", "")) {
      Message reply = ask(get, topic);
      assertEquals(Bench.BASE + "up/usp/" + Bench.CONTROLLER, reply.topic());
    }
    Message reply = ask(get, Bench.BASE + "up/usp/of/mine");
    assertEquals(Bench.BASE + "up/usp/of/mine", reply.topic());
    assertEquals("usp.msg", reply.contentType().orElseThrow());
    assertEquals(Bench.BASE + "down/usp", reply.responseTopic().orElseThrow());
    assertEquals(Bench.ME, reply.userProperties().get("usp-endpoint-id"));
    assertEquals(1, reply.qos());
  }

  @Test
  void oneTooManyIsRefusedWithTheStandardsCode() throws Exception {
    byte[] record = bench.record(Bench.ME, Bench.CONTROLLER, install());
    Message asked = Message.of(Bench.BASE + "down/usp", record);
    Message reply = bench.endpoint.refusal(asked, 64).orElseThrow();
    UspRecord answer = UspRecord.parse(reply.payload().toArray());
    assertEquals(Bench.CONTROLLER, answer.to());
    Msg error = Msg.parse(answer.payload());
    assertEquals("1", error.id());
    assertEquals(7005, ((UspError) error.body()).code());
    assertTrue(bench.operations.isEmpty());
    assertTrue(bench.send(record).isPresent(), "a refusal is no repeat: asked again it is done");
  }

  @Test
  void whatAsksForNothingIsRefusedNothing() {
    Msg word = new Msg("n", new NotifyResp("s"));
    for (byte[] record :
        List.of(
            bench.record(Bench.ME, Bench.CONTROLLER, word),
            bench.record("self::box2", Bench.CONTROLLER, install()),
            new byte[] {1, 2, 3})) {
      Message asked = Message.of(Bench.BASE + "down/usp", record);
      assertTrue(bench.endpoint.refusal(asked, 64).isEmpty());
    }
  }

  @Test
  void controllersDoNotSeeEachOthersAnswers() throws Exception {
    Controllers all =
        Controllers.parse("proto::hearth-headend", "proto::hearth-controller", "self::other|read");
    assertEquals("up/usp", all.topicOf("proto::hearth-headend"));
    assertEquals("up/usp/proto::hearth-controller", all.topicOf("proto::hearth-controller"));
    assertEquals("up/usp/self::other", all.topicOf("self::other"));
    assertEquals("up/usp", all.topicOf("proto::#/../map"), "no topic is made of that");
    ControllerMtps.Mqtt shown = new ControllerMtps.Mqtt(all, () -> Bench.BASE);
    assertEquals(Bench.BASE + "up/usp/self::other", shown.value(List.of(3, 1), "Topic"));
    Message told = bench.endpoint.notification("self::other", "up/usp/self::other", new byte[1]);
    assertEquals(Bench.BASE + "up/usp/self::other", told.topic());
  }

  private Message ask(Msg message, String responseTopic) {
    byte[] record = bench.record(Bench.ME, Bench.CONTROLLER, message);
    Message asked =
        new Message(
            Bench.BASE + "down/usp",
            Bytes.of(record),
            1,
            false,
            Optional.empty(),
            Optional.of("usp.msg"),
            responseTopic.isEmpty() ? Optional.empty() : Optional.of(responseTopic),
            Optional.empty(),
            Map.of());
    return bench.endpoint.handle(asked).orElseThrow();
  }
}
