package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.bus.Message;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

class OutboxTest {
  private static final Moment START = new Moment(1_800_000_000_000L, 5_000);

  @TempDir Path dir;

  @Test
  void messagesComeInOrderAndAgainAfterARewind() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a", "b", "c");
      assertEquals(List.of("a", "b", "c"), drain(outbox, START));
      assertEquals(List.of(), drain(outbox, START));
      outbox.rewind();
      assertEquals(List.of("a", "b", "c"), drain(outbox, START));
    }
  }

  @Test
  void whatIsNotDoneSurvivesARestartWithAllItsFields() throws IOException {
    Message full =
        new Message(
            "hearth/v1/x",
            Bytes.of(new byte[] {1, 2}),
            1,
            true,
            Optional.of(Duration.ofHours(2)),
            Optional.of("application/json"),
            Optional.of("reply/here"),
            Optional.of(Bytes.of(new byte[] {9})),
            Map.of("k", "v", "ü", ""));
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a", "b");
      outbox.add(full, START);
      outbox.done(outbox.next(START).orElseThrow().number());
    }
    try (Outbox outbox = open(100, 1 << 20, START)) {
      assertEquals("b", text(outbox.next(START).orElseThrow().message()));
      assertEquals(full, outbox.next(START).orElseThrow().message());
      assertTrue(outbox.next(START).isEmpty());
    }
  }

  @Test
  void theOldestGoesWhenItIsFull() throws IOException {
    try (Outbox outbox = open(3, 1 << 20, START)) {
      add(outbox, START, "a", "b", "c", "d", "e");
      assertEquals(2, outbox.counts().dropped());
      assertEquals(List.of("c", "d", "e"), drain(outbox, START));
    }
    try (Outbox outbox = open(3, 1 << 20, START)) {
      assertEquals(List.of("c", "d", "e"), drain(outbox, START));
    }
  }

  @Test
  void bytesAreBoundedToo() throws IOException {
    try (Outbox outbox = open(1_000, 64 << 10, START)) {
      for (int i = 0; i < 50; i++) {
        outbox.add(Message.of("t", new byte[10_000]), START);
        assertTrue(outbox.counts().bytes() <= 64 << 10);
      }
      assertEquals(50 - outbox.counts().messages(), outbox.counts().dropped());
      Message large = Message.of("t", new byte[70_000]);
      assertThrows(IllegalArgumentException.class, () -> outbox.add(large, START));
      Message huge = Message.of("t", new byte[OutboxMessage.MOST_BYTES]);
      assertThrows(IllegalArgumentException.class, () -> outbox.add(huge, START));
    }
    assertTrue(diskBytes() < 3 * (64 << 10) + (256 << 10), "disk: " + diskBytes());
  }

  @Test
  void messagesExpireByTicksWhileTheProcessLives() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      outbox.add(expiring("gone", 1_000), START);
      outbox.add(expiring("there", 60_000), START);
      Moment clockJumped =
          new Moment(START.wallMillis() + 1_000_000_000L, START.ticksMillis() + 10);
      assertEquals(2, outbox.counts().messages());
      Outbox.Entry first = outbox.next(clockJumped).orElseThrow();
      assertEquals(Duration.ofMillis(990), first.left().orElseThrow());
      outbox.rewind();
      assertEquals(List.of("there"), drain(outbox, START.plusMillis(1_000)));
      assertEquals(1, outbox.counts().expired());
    }
  }

  @Test
  void afterARestartTheWallClockTellsTheAgeAndNeverAddsToIt() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      outbox.add(expiring("short", 1_000), START);
      outbox.add(expiring("long", 60_000), START);
    }
    Moment backIn1970 = new Moment(0, 77);
    try (Outbox outbox = open(100, 1 << 20, backIn1970)) {
      Outbox.Entry first = outbox.next(backIn1970).orElseThrow();
      assertEquals(Duration.ofMillis(1_000), first.left().orElseThrow());
    }
    Moment later = new Moment(START.wallMillis() + 30_000, 3);
    try (Outbox outbox = open(100, 1 << 20, later)) {
      assertEquals(List.of("long"), drain(outbox, later));
    }
  }

  @Test
  void aTornTailCostsTheTornMessageAlone() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a", "b", "c");
    }
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 1; cut < 40; cut++) {
      Files.write(file, Arrays.copyOf(whole, whole.length - cut));
      try (Outbox outbox = open(100, 1 << 20, START)) {
        assertEquals(List.of("a", "b"), drain(outbox, START), "cut by " + cut);
        assertEquals(1, outbox.counts().damaged());
      }
    }
  }

  @Test
  void afterATornTailNewMessagesAreKept() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a", "b");
    }
    Path file = onlyFile();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) - 3));
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "c");
    }
    try (Outbox outbox = open(100, 1 << 20, START)) {
      assertEquals(List.of("a", "c"), drain(outbox, START));
    }
  }

  @Test
  void aFlippedBitCostsOneMessageAtMost() throws IOException {
    SplittableRandom random = Seeds.random();
    List<String> all = IntStream.range(0, 20).mapToObj(i -> "message " + i).toList();
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, all.toArray(String[]::new));
    }
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < 300; i++) {
      byte[] bad = whole.clone();
      bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bad);
      try (Outbox outbox = open(100, 1 << 20, START)) {
        List<String> left = drain(outbox, START);
        List<String> lost = new ArrayList<>(all);
        lost.removeAll(left);
        assertTrue(lost.size() <= 1, Seeds.note("lost " + lost));
        assertTrue(all.containsAll(left), Seeds.note("invented " + left));
      }
    }
  }

  @Test
  void everyFlippedBitOfTheFirstHeadCostsTheFirstMessageAlone() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a", "b", "c");
    }
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < OutboxRecord.HEAD * 8; bit++) {
      byte[] bad = whole.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(file, bad);
      try (Outbox outbox = open(100, 1 << 20, START)) {
        assertEquals(List.of("b", "c"), drain(outbox, START), "bit " + bit);
      }
    }
  }

  @Test
  void aBitFlippedUnderOurFeetIsSeenWhenTheMessageIsSent() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a", "b");
      Path file = onlyFile();
      byte[] bytes = Files.readAllBytes(file);
      bytes[OutboxRecord.HEAD + 5] ^= 1;
      Files.write(file, bytes, StandardOpenOption.WRITE);
      assertEquals(List.of("b"), drain(outbox, START));
      assertEquals(1, outbox.counts().damaged());
    }
  }

  @Test
  void aFileOfALaterVersionIsLeftAlone() throws IOException {
    Files.createDirectories(dir.resolve("outbox"));
    Path later = dir.resolve("outbox/0000000000000007.outbox");
    Files.write(later, new byte[] {'H', 'M', 'O', 2, 1, 2, 3});
    try (Outbox outbox = open(100, 1 << 20, START)) {
      add(outbox, START, "a");
      assertEquals(List.of("a"), drain(outbox, START));
      assertEquals(1, outbox.counts().damaged());
      assertEquals(1, outbox.counts().newer());
    }
    assertTrue(Files.exists(later));
  }

  private static byte[] ofKind(int kind, long number, byte[] body) {
    byte[] record = OutboxRecord.encode(OutboxRecord.Kind.WAITS, number, body);
    record[4] = (byte) kind;
    ByteBuffer.wrap(record).putInt(17, OutboxRecord.sum(record, 0, 17));
    return record;
  }

  /** A kind that is not known, and a message that no reader of today can take. */
  static Stream<byte[]> ofANewerRelease() throws CborException {
    byte[] message =
        CborMap.parse(new OutboxMessage(TestBus.text("t", "x"), 0).encode())
            .put("qos", 2)
            .toBytes();
    return Stream.of(
        ofKind(3, 9, new byte[] {1, 2, 3}), ofKind(255, 9, new byte[0]), ofKind(1, 9, message));
  }

  /** Sent or not: what a newer release wrote into a file stays there, and nothing else does. */
  @ParameterizedTest
  @MethodSource("ofANewerRelease")
  void whatANewerReleaseSaysIsKeptForIt(byte[] record) throws IOException {
    try (Outbox outbox = open(100, 64 << 20, START)) {
      add(outbox, START, "a", "b");
    }
    Path file = onlyFile();
    Files.write(file, record, StandardOpenOption.APPEND);
    for (int round = 0; round < 3; round++) {
      try (Outbox outbox = open(100, 64 << 20, START)) {
        assertEquals(round == 0 ? List.of("a", "b") : List.of(), drain(outbox, START));
        assertEquals(1, outbox.counts().newer());
        outbox.rewind();
        for (int i = 0; i < 100; i++) {
          outbox.add(Message.of("t", new byte[10_000]), START);
        }
        for (Optional<Outbox.Entry> e = outbox.next(START); e.isPresent(); ) {
          outbox.done(e.get().number());
          e = outbox.next(START);
        }
      }
      assertArrayEquals(record, Files.readAllBytes(file), "round " + round);
    }
    assertTrue(diskBytes() < 300 << 10, "disk: " + diskBytes());
  }

  @Test
  void fieldsOfANewerReleaseHinderNoMessage() throws Exception {
    byte[] message =
        CborMap.parse(new OutboxMessage(TestBus.text("t", "x"), 0).encode())
            .put("urgency", 5)
            .toBytes();
    Files.createDirectories(dir.resolve("outbox"));
    Files.write(
        dir.resolve("outbox/0000000000000001.outbox"),
        OutboxRecord.encode(OutboxRecord.Kind.WAITS, 1, message));
    try (Outbox outbox = open(100, 1 << 20, START)) {
      assertEquals(List.of("x"), drain(outbox, START));
      assertEquals(0, outbox.counts().newer());
    }
  }

  @Test
  void anInterruptedPublisherLosesNothing() throws IOException {
    try (Outbox outbox = open(100, 1 << 20, START)) {
      Thread.currentThread().interrupt();
      add(outbox, START, "a", "b");
      assertTrue(Thread.interrupted(), "the interruption must stay");
      assertFalse(outbox.counts().failing());
    }
    try (Outbox outbox = open(100, 1 << 20, START)) {
      assertEquals(List.of("a", "b"), drain(outbox, START));
    }
  }

  @Test
  void aDiskThatRefusesCostsDurabilityAndNotTheMessage() throws IOException {
    Path folder = dir.resolve("outbox");
    try (Outbox outbox = open(100, 1 << 20, START)) {
      Files.delete(folder);
      Files.writeString(folder, "a file in place of the folder: no segment can be made");
      add(outbox, START, "a", "b");
      assertTrue(outbox.counts().failing());
      assertEquals(List.of("a", "b"), drain(outbox, START));
    }
  }

  @Test
  void filesGoWhenTheirMessagesAreDone() throws IOException {
    try (Outbox outbox = open(10_000, 64 << 20, START)) {
      for (int i = 0; i < 200; i++) {
        outbox.add(Message.of("t", new byte[10_000]), START);
      }
      for (Optional<Outbox.Entry> e = outbox.next(START); e.isPresent(); e = outbox.next(START)) {
        outbox.done(e.get().number());
      }
      assertEquals(0, outbox.counts().messages());
      assertEquals(0, outbox.counts().bytes());
    }
    assertTrue(diskBytes() < 300 << 10, "disk: " + diskBytes());
  }

  /** Random operations, restarts between them, against a plain list. */
  @Test
  void behavesAsAListThatSurvives() throws IOException {
    SplittableRandom random = Seeds.random();
    List<String> model = new ArrayList<>();
    Moment now = START;
    Outbox outbox = open(50, 1 << 20, now);
    for (int i = 0; i < 3_000; i++) {
      int what = random.nextInt(100);
      if (what < 55) {
        String text = "m" + i + "x".repeat(random.nextInt(3_000));
        add(outbox, now, text);
        model.add(text);
        if (model.size() > 50) {
          model.remove(0);
        }
      } else if (what < 95 && !model.isEmpty()) {
        outbox.rewind();
        outbox.done(outbox.next(now).orElseThrow().number());
        model.remove(0);
      } else {
        outbox.close();
        outbox = open(50, 1 << 20, now);
        assertEquals(model, drain(outbox, now), Seeds.note("step " + i));
      }
    }
    outbox.close();
  }

  private Outbox open(int messages, long bytes, Moment now) throws IOException {
    return new Outbox(new OutboxLog(dir.resolve("outbox")), messages, bytes, now);
  }

  private static void add(Outbox outbox, Moment now, String... texts) {
    for (String text : texts) {
      outbox.add(TestBus.text("t", text), now);
    }
  }

  private static Message expiring(String text, long millis) {
    Message plain = TestBus.text("t", text);
    return new Message(
        plain.topic(),
        plain.payload(),
        1,
        false,
        Optional.of(Duration.ofMillis(millis)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  private static List<String> drain(Outbox outbox, Moment now) throws IOException {
    List<String> texts = new ArrayList<>();
    for (Optional<Outbox.Entry> e = outbox.next(now); e.isPresent(); e = outbox.next(now)) {
      texts.add(text(e.get().message()));
    }
    return texts;
  }

  private static String text(Message message) {
    return Ears.text(message);
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve("outbox"))) {
      return files.filter(file -> file.toString().endsWith(".outbox")).findFirst().orElseThrow();
    }
  }

  private long diskBytes() throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(dir.resolve("outbox"))) {
      for (Path file : files.toList()) {
        sum += Files.size(file);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai", "tr-TR"})
  void messagesAreFoundInWhateverLanguage(String language) throws IOException {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      try (Outbox outbox = open(100, 1 << 20, START)) {
        add(outbox, START, "a", "b");
      }
      Locale.setDefault(Locale.ENGLISH);
      try (Outbox outbox = open(100, 1 << 20, START)) {
        add(outbox, START, "c");
        assertEquals(List.of("a", "b", "c"), drain(outbox, START));
      }
    } finally {
      Locale.setDefault(before);
    }
  }
}
