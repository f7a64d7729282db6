package tv.hearth.headend.campaign.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReportReaderTest {
  private static final String GOOD =
      "{\"Report\":[{\"CollectionTime\":1700000000,\"jvm.uptime.seconds\":12.5,"
          + "\"gateway.stalled.reads\":3,\"storage.problems.count{kind=IO}\":2,"
          + "\"storage.problems.count{kind=FULL}\":1,\"crypto.damaged.calls\":4,\"Late\":true,"
          + "\"x\":null,\"health.tv.hearth.storage\":\"FAILED: \\\"disk\\\"\"},"
          + "{\"CollectionTime\":1700000060,\"jvm.uptime.seconds\":72.5}]}";

  private static List<Sample> read(String text) {
    return ReportReader.read("b", text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsWhatBoxesReport() {
    List<Sample> samples = read(GOOD);
    assertEquals(new Sample("b", 1_700_000_000_000L, 8, 3, 12.5), samples.get(0));
    assertEquals(new Sample("b", 1_700_000_060_000L, 0, 0, 72.5), samples.get(1));
  }

  @Test
  void whatIsNoReportIsRefused() {
    for (String bad :
        List.of(
            "",
            "{}",
            "[]",
            "{\"Report\":[",
            "{\"Report\":[{\"a\":{}}]}",
            "{\"Report\":[{\"CollectionTime\":\"x\"}]}",
            "{\"Report\":[1]}")) {
      assertEquals(List.of(), read(bad), bad);
    }
    assertEquals(List.of(), ReportReader.read("b", new byte[ReportReader.MOST_BYTES + 1]));
    assertEquals(List.of(), ReportReader.read("b", new byte[] {(byte) 0xff}));
  }

  @Test
  void damagedReportsNeverThrow() {
    long seed = 42;
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 5000; i++) {
      byte[] bytes = GOOD.getBytes(StandardCharsets.UTF_8);
      for (int flip = 0; flip <= random.nextInt(4); flip++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      ReportReader.read("b", bytes);
    }
    assertEquals(List.of(), read("{\"Report\":[" + "[".repeat(100_000)));
    assertEquals(List.of(), read("{\"Report\":[{\"" + "\\\\".repeat(100_000)));
  }
}
