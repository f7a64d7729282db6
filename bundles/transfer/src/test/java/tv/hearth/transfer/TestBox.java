package tv.hearth.transfer;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.storage.Storage;
import tv.hearth.storage.StorageSettings;
import tv.hearth.support.record.PutGrant;
import tv.hearth.transfer.core.Allowance;
import tv.hearth.transfer.net.Settings;
import tv.hearth.transfer.net.TransferNode;
import tv.hearth.transfer.serve.Services;

/** A box with real keys, certificates, storage and sockets on loopback. */
public final class TestBox implements AutoCloseable {
  static final Limits PLENTY = new Limits(1, 1L << 32, 1L << 40, 1L << 40, 1L << 40);

  final TestNeighbourhood neighbourhood;
  final Path folder;
  final CryptoNode crypto;
  final Services services = new Services();
  private final Storage storage;
  private final TransferNode node;
  private final int port;
  volatile Limits limits = PLENTY;

  static final Settings IMPATIENT =
      new Settings(
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          2048,
          Duration.ofSeconds(6),
          Duration.ofSeconds(2),
          4,
          24,
          8,
          16,
          4 << 20,
          new Allowance.Quotas(4, 100, 1 << 20));

  /** A member that waits for nobody long. */
  static TestBox impatient(TestNeighbourhood neighbourhood, String name) throws Exception {
    return new TestBox(neighbourhood, name, IMPATIENT, Clock.systemUTC(), false);
  }

  /** A member. */
  static TestBox member(TestNeighbourhood neighbourhood, String name) throws Exception {
    return new TestBox(neighbourhood, name, Settings.DEFAULT, Clock.systemUTC(), false);
  }

  TestBox(
      TestNeighbourhood neighbourhood, String name, Settings settings, Clock clock, boolean ingest)
      throws Exception {
    this(neighbourhood, name, settings, clock, ingest, 2);
  }

  TestBox(
      TestNeighbourhood neighbourhood,
      String name,
      Settings settings,
      Clock clock,
      boolean ingest,
      int diskThreads)
      throws Exception {
    this.neighbourhood = neighbourhood;
    this.folder = Files.createDirectories(neighbourhood.folder.resolve(name));
    NodeSettings keys = NodeSettings.of(folder.resolve("keys"), neighbourhood.anchor);
    if (ingest) {
      keys = keys.withContentKey(neighbourhood.operator.writeContentKey(folder));
    }
    crypto = CryptoNode.open(keys, Clock.systemUTC(), new SecureRandom());
    neighbourhood.operator.enrol(crypto.identity());
    neighbourhood.join(crypto.identity(), ingest ? MapBox.State.INGEST : MapBox.State.ACTIVE);
    storage = Storage.open(StorageSettings.plain(folder.resolve("storage"), () -> limits));
    services.identity.open(crypto.identity());
    services.verifier.open(crypto.verifier());
    services.neighbourhood.open(neighbourhood);
    services.pieces.open(storage.pieces());
    services.records.open(storage.records());
    services.budget.open(() -> limits);
    CompletableFuture<Integer> listening = new CompletableFuture<>();
    node =
        new TransferNode(
            services,
            settings,
            clock,
            folder.resolve("transfer"),
            3,
            new InetSocketAddress("127.0.0.1", 0),
            diskThreads,
            3600,
            listening::complete);
    port = listening.get();
    neighbourhood.at(id(), new Endpoint("direct4", "127.0.0.1", port));
  }

  BoxId id() {
    return crypto.identity().box();
  }

  Identity identity() {
    return crypto.identity();
  }

  int port() {
    return port;
  }

  TransferNode node() {
    return node;
  }

  PieceTransfer transfers() {
    return node.transfers();
  }

  PieceStore pieces() {
    return storage.pieces();
  }

  RecordStore records() {
    return storage.records();
  }

  OwnerId owner() throws Exception {
    return identity().owner(Role.HOUSEHOLD);
  }

  /** A grant of this box's household. */
  byte[] grant(BoxId holder, PieceId piece, long length, int unit, Instant expires)
      throws Exception {
    return grant(holder, piece, length, unit, expires, Instant.now().plusSeconds(86_400));
  }

  byte[] grant(BoxId holder, PieceId piece, long length, int unit, Instant expires, Instant lease)
      throws Exception {
    PutGrant grant = new PutGrant(owner(), holder, piece, length, unit, expires, lease);
    return identity().sign(Role.HOUSEHOLD, PutGrant.TYPE, grant.encode());
  }

  byte[] grant(BoxId holder, PieceId piece, long length) throws Exception {
    return grant(holder, piece, length, 65_536, Instant.now().plusSeconds(600));
  }

  @Override
  public void close() throws tv.hearth.api.pieces.StoreException {
    node.close();
    storage.close();
    crypto.close();
  }
}
