package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.core.Allowance;
import tv.hearth.transfer.net.Settings;

/** Floods, many calls at once, and the budget's rates on a real line. */
@Timeout(300)
final class LineTest {
  private static final int UNIT = 65_536;

  /** So few that even a busy machine asks more often. */
  private static final int FEW_A_SECOND = 5;

  private static final PieceId PIECE = PieceSamples.piece(1, 0, 0);
  private static final byte[] CONTENT = PieceSamples.content(8, 16 * UNIT);

  private static TestNeighbourhood neighbourhood;
  private static TestBox holder;
  private static TestBox owner;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    neighbourhood = new TestNeighbourhood(temp);
    holder = box("holder", Settings.DEFAULT.allowance().requestsPerSecond());
    owner = TestBox.member(neighbourhood, "owner");
    owner
        .transfers()
        .put(
            holder.id(),
            PIECE,
            owner.grant(holder.id(), PIECE, CONTENT.length),
            0,
            ByteBuffer.wrap(CONTENT),
            TrafficClass.STREAM)
        .get();
  }

  /** A box whose connections stay, however long a busy machine takes over a test. */
  private static TestBox box(String name, int requestsPerSecond) throws Exception {
    Settings usual = Settings.DEFAULT;
    Settings settings =
        new Settings(
            usual.connect(),
            usual.handshake(),
            usual.answer(),
            usual.window(),
            usual.leastRate(),
            usual.total(),
            Duration.ofHours(1),
            usual.peerConnections(),
            usual.inbound(),
            usual.outbound(),
            usual.requests(),
            usual.bodyBytes(),
            new Allowance.Quotas(4, requestsPerSecond, 1 << 20));
    return new TestBox(neighbourhood, name, settings, Clock.systemUTC(), false);
  }

  @AfterAll
  static void stop() throws Exception {
    owner.close();
    holder.close();
  }

  @Test
  void whoAsksTooOftenIsToldSoAndOthersAreServed() throws Exception {
    TestBox strict = box("strict", FEW_A_SECOND);
    TestBox other = TestBox.member(neighbourhood, "other");
    try (strict;
        other;
        RawPeer flood = new RawPeer(owner.identity().tls(), strict.port())) {
      int told = 404;
      int asked = 0;
      while (told == 404) {
        told = flood.ask("HEAD", "/v1/pieces/" + PIECE).status();
        asked++;
      }
      assertEquals(429, told);
      assertTrue(asked > FEW_A_SECOND, "a second's worth may come at once: " + asked);
      assertFalse(other.transfers().head(strict.id(), PIECE).get());
    }
  }

  @Test
  void connectionsOfOneNeighbourAreCounted() throws Exception {
    TestBox other = TestBox.member(neighbourhood, "crowd");
    List<RawPeer> crowd = new ArrayList<>();
    try (other) {
      int refused = 0;
      for (int i = 0; i < 17; i++) {
        RawPeer peer = new RawPeer(other.identity().tls(), holder.port());
        crowd.add(peer);
        refused += peer.ask("GET", "/v1/endpoints").status() == 429 ? 1 : 0;
      }
      assertTrue(refused > 0, "17 connections at once");
      assertTrue(owner.transfers().head(holder.id(), PIECE).get());
    } finally {
      for (RawPeer peer : crowd) {
        peer.close();
      }
    }
  }

  @Test
  void manyCallsAtOnceAllEndWell() throws Exception {
    TestBox wide = TestBox.member(neighbourhood, "wide");
    try (wide) {
      PieceId piece = PieceSamples.piece(2, 0, 0);
      byte[] grant = owner.grant(wide.id(), piece, CONTENT.length);
      owner
          .transfers()
          .put(wide.id(), piece, grant, 0, ByteBuffer.wrap(CONTENT), TrafficClass.STREAM)
          .get();
      List<CompletableFuture<byte[]>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        TrafficClass traffic = i % 2 == 0 ? TrafficClass.STREAM : TrafficClass.BACKUP;
        calls.add(owner.transfers().get(wide.id(), piece, i % 16, 1, traffic));
      }
      for (int i = 0; i < 200; i++) {
        int from = i % 16 * UNIT;
        assertArrayEquals(Arrays.copyOfRange(CONTENT, from, from + UNIT), calls.get(i).get());
      }
    }
  }

  @Test
  void theBudgetHoldsOnTheLine() throws Exception {
    TestBox slow = TestBox.member(neighbourhood, "slow");
    try (slow) {
      PieceId piece = PieceSamples.piece(3, 0, 0);
      byte[] grant = owner.grant(slow.id(), piece, CONTENT.length);
      owner
          .transfers()
          .put(slow.id(), piece, grant, 0, ByteBuffer.wrap(CONTENT), TrafficClass.STREAM)
          .get();
      slow.limits = new Limits(1, 1L << 32, 1_000_000, 1L << 30, 400_000);
      // The new budget holds from the next look on, a tenth of a second later.
      while (seconds(slow, piece) < 0.5) {
        continue;
      }
      long start = System.nanoTime();
      CompletableFuture<byte[]> backup =
          owner.transfers().get(slow.id(), piece, 0, 16, TrafficClass.BACKUP);
      AtomicBoolean first = new AtomicBoolean();
      CompletableFuture<byte[]> film =
          owner.transfers().get(slow.id(), piece, 0, 16, TrafficClass.STREAM);
      film.thenRun(() -> first.set(!backup.isDone()));
      film.get();
      double stream = (System.nanoTime() - start) / 1e9;
      backup.get();
      double both = (System.nanoTime() - start) / 1e9;
      assertTrue(stream > 0.8, "1 MiB at 1 MB/s took " + stream + " s");
      assertTrue(first.get(), "a film at 1 MB/s came after a backup at 0.4 MB/s");
      assertTrue(both > 2.0, "1 MiB more at 0.4 MB/s took " + both + " s");
    }
  }

  @Test
  void backgroundPacketsAreMarkedAndOthersAreNot() throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ss")), "there is no ss here");
    TestBox marked = TestBox.member(neighbourhood, "marked");
    try (marked) {
      PieceId piece = PieceSamples.piece(5, 0, 0);
      byte[] grant = owner.grant(marked.id(), piece, CONTENT.length);
      for (TrafficClass traffic : List.of(TrafficClass.STREAM, TrafficClass.REPAIR)) {
        owner
            .transfers()
            .put(marked.id(), piece, grant, 0, ByteBuffer.wrap(CONTENT), traffic)
            .get();
      }
      List<String> lines = sockets(marked.port());
      // A spare connection may have been opened beside; its far end marks it with its first answer.
      String here = "127.0.0.1:" + marked.port() + " 127.0.0.1";
      for (boolean server : List.of(true, false)) {
        Set<Boolean> kinds =
            lines.stream()
                .filter(line -> line.contains(here) == server)
                .map(line -> line.contains("tos:0x4"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(true, false), kinds, lines.toString());
      }
    }
  }

  /** Both ends of the connections to a port, as the kernel has them. */
  private static List<String> sockets(int port) throws Exception {
    Process ss = new ProcessBuilder("/usr/bin/ss", "-tnH", "--tos", "state", "established").start();
    try (BufferedReader lines = ss.inputReader()) {
      return lines
          .lines()
          .map(line -> line.strip().replaceAll("\\s+", " "))
          .filter(line -> line.contains(":" + port + " "))
          .toList();
    }
  }

  /** A call that the budget holds back; it comes into force within a tenth of a second. */
  private static CompletableFuture<byte[]> held(TestBox from, PieceId piece) throws Exception {
    while (true) {
      CompletableFuture<byte[]> call =
          owner.transfers().get(from.id(), piece, 0, 16, TrafficClass.STREAM);
      try {
        call.get(500, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        return call;
      }
    }
  }

  private static double seconds(TestBox from, PieceId piece) throws Exception {
    long start = System.nanoTime();
    owner.transfers().get(from.id(), piece, 0, 16, TrafficClass.STREAM).get();
    return (System.nanoTime() - start) / 1e9;
  }

  @Test
  void whatABudgetOfNothingHoldsBackGoesOnWithTheNextOne() throws Exception {
    TestBox closed = TestBox.member(neighbourhood, "closed");
    try (closed) {
      PieceId piece = PieceSamples.piece(4, 0, 0);
      byte[] grant = owner.grant(closed.id(), piece, CONTENT.length);
      owner
          .transfers()
          .put(closed.id(), piece, grant, 0, ByteBuffer.wrap(CONTENT), TrafficClass.STREAM)
          .get();
      closed.limits = new Limits(1, 1L << 32, 0, 1L << 30, 0);
      CompletableFuture<byte[]> call = held(closed, piece);
      closed.limits = TestBox.PLENTY;
      assertArrayEquals(CONTENT, call.get());
    }
  }
}
