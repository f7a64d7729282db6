package tv.hearth.usp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.GetInstances;
import tv.hearth.usp.message.GetInstancesResp;
import tv.hearth.usp.message.GetSupportedDm;
import tv.hearth.usp.message.GetSupportedDmResp;
import tv.hearth.usp.message.GetSupportedProtocol;
import tv.hearth.usp.message.GetSupportedProtocolResp;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.record.UspRecord;
import tv.hearth.usp.wire.WireException;

class MessageTest {
  /** Made by Google's protobuf from the standard's field numbers, in its deterministic order. */
  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(
            "get",
            "0a080a0469642d311001123f0a3d0a3b0a074465766963652e0a2b4465766963652e536f66747761"
                + "72654d6f64756c65732e457865637574696f6e556e69742e2a2e4e616d651502000000"),
        Arguments.of(
            "getResp",
            "0a080a0469642d311002123212300a2e0a2c0a074465766963652e22210a124465766963652e4465"
                + "76696365496e666f2e120b0a06557054696d65120137"),
        Arguments.of(
            "error", "0a060a0469642d3112181a160d5c1b00001202c3a91a0b0a017815621b00001a0179"),
        Arguments.of(
            "set",
            "0a080a0469642d31100412230a21221f0801121b0a124465766963652e4c6f63616c4167656e742e"
                + "12050a01611801"),
        Arguments.of(
            "setResp",
            "0a080a0469642d311005123e123c223a0a140a0161120f120d0a0b0a01621a060a01631201640a22"
                + "0a0165121d0a1b0d581b000012026e6f1a100a0167120b0a016815591b00001a0169"),
        Arguments.of(
            "addResp",
            "0a080a0469642d311009121d121b2a190a170a02612e1211120f0a04612e312e1a070a0249441201"
                + "31"),
        Arguments.of(
            "deleteResp",
            "0a080a0469642d31100b121e121c321a0a0e0a02612e120812060a04612e312e0a080a02712e1202"
                + "1200"),
        Arguments.of(
            "operate",
            "0a080a0469642d311006123b0a393a370a224465766963652e536f6674776172654d6f64756c6573"
                + "2e496e7374616c6c4455282912016b1801220c0a0355524c12057475663a78"),
        Arguments.of(
            "operateResp",
            "0a080a0469642d3110071240123e3a3c0a230a03632829121c4465766963652e4c6f63616c416765"
                + "6e742e526571756573742e312e0a070a036428291a000a0c0a0365282922050d6e1b0000"),
        Arguments.of(
            "complete",
            "0a080a0469642d31100312300a2e422c0a017310013a250a074465766963652e120b496e7374616c"
                + "6c445528291a016b2a0a0d371c00001203776879"),
        Arguments.of(
            "event",
            "0a080a0469642d311003122f0a2d422b0a01731a260a074465766963652e1205426f6f74211a140a"
                + "054361757365120b4c6f63616c5265626f6f74"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void readsAndWritesWhatProtobufDoes(String name, String hex) throws WireException {
    byte[] bytes = HexFormat.of().parseHex(hex);
    Msg message = Msg.parse(bytes);
    assertEquals("id-1", message.id());
    assertEquals("id-1", Msg.idOf(bytes));
    assertEquals(hex, HexFormat.of().formatHex(message.encode()), message.toString());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("vectors")
  void damageIsAnErrorOrAnotherMessageButNeverMore(String name, String hex) {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = HexFormat.of().parseHex(hex);
    for (int i = 0; i < 2_000; i++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && bad.length > 0; flips--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      Msg.idOf(bad);
      try {
        Msg.parse(bad).encode();
      } catch (WireException e) {
        assertTrue(!e.getMessage().isEmpty(), "seed " + seed);
      }
    }
  }

  private static void roundTrip(Body body) throws WireException {
    Msg message = new Msg("another id", body);
    assertEquals(message, Msg.parse(message.encode()));
  }

  @Test
  void theOthersComeBackAsTheyWere() throws WireException {
    roundTrip(new GetSupportedProtocol("1.2,1.3"));
    roundTrip(new GetSupportedProtocolResp("1.3"));
    roundTrip(new NotifyResp("sub"));
    roundTrip(new GetInstances(List.of("Device.A."), true));
    roundTrip(
        new GetInstancesResp(
            List.of(
                new GetInstancesResp.PathResult(
                    "Device.A.",
                    0,
                    "",
                    List.of(new GetInstancesResp.Instance("Device.A.1.", Map.of("Name", "x")))))));
    roundTrip(new GetSupportedDm(List.of("Device."), true, true, false, true, true));
    roundTrip(
        new GetSupportedDmResp(
            List.of(
                new GetSupportedDmResp.PathResult(
                    "Device.",
                    0,
                    "",
                    "urn:broadband-forum-org:tr-181-2-16-0-usp",
                    List.of(
                        new GetSupportedDmResp.SupportedObject(
                            "Device.A.{i}.",
                            1,
                            true,
                            List.of(
                                new GetSupportedDmResp.Command(
                                    "Do()", List.of("In"), List.of("Out"), 2)),
                            List.of(new GetSupportedDmResp.Event("Done!", List.of("Arg"))),
                            List.of(new GetSupportedDmResp.Param("P", 1, 8, 1)),
                            List.of(),
                            List.of(new GetSupportedDmResp.UniqueKeySet(List.of("P")))))))));
    roundTrip(new Notify("s", true, new Notify.ValueChange("Device.A", "v")));
    roundTrip(new Notify("s", true, new Notify.ObjectCreation("Device.A.1.", Map.of("K", "v"))));
    roundTrip(new Notify("s", false, new Notify.ObjectDeletion("Device.A.1.")));
    roundTrip(new Notify("s", true, new Notify.OnBoardRequest("o", "p", "s", "1.3")));
  }

  @Test
  void aTypeThatIsNotTheBodysIsRefused() {
    byte[] bytes = new Msg("x", new NotifyResp("s")).encode();
    assertEquals(16, bytes[6]);
    bytes[6] = 1;
    assertThrows(WireException.class, () -> Msg.parse(bytes));
    assertThrows(WireException.class, () -> Msg.parse(new Msg("", new NotifyResp("")).encode()));
    assertThrows(WireException.class, () -> Msg.parse(new byte[0]));
  }

  @Test
  void recordsCarryMessages() throws WireException {
    UspRecord record = UspRecord.message("proto::agent", "proto::controller", new byte[] {1, 2});
    UspRecord read = UspRecord.parse(record.encode());
    assertEquals("proto::agent", read.to());
    assertEquals("proto::controller", read.from());
    assertEquals(UspRecord.Kind.NO_SESSION_CONTEXT, read.kind());
    assertEquals(2, read.payload().length);
    UspRecord connect = UspRecord.parse(UspRecord.mqttConnect("a", "b", "topic").encode());
    assertEquals("topic", connect.text());
    assertEquals(1, connect.code());
    UspRecord refused = UspRecord.parse(UspRecord.disconnect("a", "b", "why", 7106).encode());
    assertEquals(7106, refused.code());
    assertEquals("why", refused.text());
    byte[] session = HexFormat.of().parseHex("0a03312e33120161" + "1a0162" + "42020801");
    assertEquals(UspRecord.Kind.SESSION_CONTEXT, UspRecord.parse(session).kind());
    assertThrows(WireException.class, () -> UspRecord.parse(new byte[UspRecord.MOST_BYTES + 1]));
    assertThrows(WireException.class, () -> UspRecord.parse(new byte[] {0x0A, 0x7F}));
  }

  @Test
  void nestingIsBounded() {
    byte[] bytes = {};
    for (int i = 0; i < 60; i++) {
      byte[] outer = new byte[bytes.length + 2];
      outer[0] = 0x12;
      outer[1] = (byte) bytes.length;
      System.arraycopy(bytes, 0, outer, 2, bytes.length);
      bytes = outer;
    }
    byte[] deep = bytes;
    assertThrows(WireException.class, () -> Msg.parse(deep));
  }
}
