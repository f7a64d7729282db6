package tv.hearth.objects.town;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.erasure.PlaneErasureCode;
import tv.hearth.objects.Pipeline;
import tv.hearth.objects.QuickPipeline;
import tv.hearth.objects.io.Services;
import tv.hearth.placement.RendezvousPlacement;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;

/**
 * A neighbourhood in memory: real keys, cipher, code and placement; holders and transfer stand in
 * for disks and lines. The last node is the operator's ingest.
 */
public final class Town implements AutoCloseable {
  private final List<CryptoNode> nodes = new ArrayList<>();
  private final Map<BoxId, Holder> holders = new LinkedHashMap<>();
  private final List<Pipeline> pipelines = new ArrayList<>();
  private final List<TownTransfer> transfers = new ArrayList<>();
  private final List<Services> services = new ArrayList<>();
  private final List<Pipeline> extra = new ArrayList<>();
  private final MemoryPieces pieces = new MemoryPieces();
  private final List<Path> folders = new ArrayList<>();
  private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(4);
  private final PlaneErasureCode code = new PlaneErasureCode(2, 64, 1 << 20);
  private BoxMap map;

  /** That many boxes, and the ingest node; pieces are kept in memory. */
  public Town(Path folder, int boxes) throws Exception {
    this(folder, boxes, ByteBuffer::allocate);
  }

  /** As above; pieces are kept where {@code disk} says. */
  public Town(Path folder, int boxes, IntFunction<ByteBuffer> disk) throws Exception {
    Path anchor = folder.resolve("anchor.pem");
    try (var in = Town.class.getResourceAsStream("/anchor.pem")) {
      Files.copy(in, anchor);
    }
    Path content = contentKey(folder);
    for (int i = 0; i <= boxes; i++) {
      NodeSettings settings =
          NodeSettings.of(Files.createDirectories(folder.resolve("node" + i)), anchor);
      NodeSettings all = i == boxes ? settings.withContentKey(content) : settings;
      nodes.add(CryptoNode.open(all, Clock.systemUTC(), new SecureRandom()));
    }
    map = map(boxes);
    for (int i = 0; i < boxes; i++) {
      Holder holder = new Holder(nodes.get(i).identity(), disk);
      holders.put(holder.id(), holder);
    }
    Holder ingest = new Holder(nodes.get(boxes).identity(), disk);
    holders.put(ingest.id(), ingest);
    for (CryptoNode node : nodes) {
      services.add(services(node));
      transfers.add(transferOf(services.get(services.size() - 1)));
      folders.add(Files.createDirectories(folder.resolve("objects" + folders.size())));
      pipelines.add(pipeline(services.size() - 1));
    }
  }

  private static Path contentKey(Path folder) throws Exception {
    byte[] key =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(key)
            + "\n-----END PRIVATE KEY-----\n";
    return Files.writeString(folder.resolve("content.pem"), pem);
  }

  private BoxMap map(int boxes) throws Exception {
    List<MapBox> all = new ArrayList<>();
    for (int i = 0; i <= boxes; i++) {
      Identity identity = nodes.get(i).identity();
      all.add(
          new MapBox(
              identity.box(),
              identity.signingKey(),
              identity.exchangeKey(),
              identity.owner(Role.HOUSEHOLD),
              identity.publicKey(Role.HOUSEHOLD),
              "pid" + i % 8,
              100,
              i == boxes ? MapBox.State.INGEST : MapBox.State.ACTIVE,
              "test",
              List.of()));
    }
    Identity ingest = nodes.get(boxes).identity();
    Map<OwnerId, Bytes> content =
        Map.of(ingest.owner(Role.CONTENT), ingest.publicKey(Role.CONTENT));
    return new BoxMap("town", 1, 1, Instant.now().plus(Duration.ofDays(30)), all, content);
  }

  private Services services(CryptoNode node) throws GeneralSecurityException {
    Services all = new Services();
    all.identity().open(node.identity());
    all.household().open(node.household());
    all.keyring().open(node.keyring());
    all.cipher().open(node.cipher());
    all.verifier().open(node.verifier());
    all.code().open(code);
    all.placement().open(new RendezvousPlacement());
    all.transfer().open(new TownTransfer(holders, executor));
    all.pieces().open(pieces);
    all.records().open(new HolderRecords(holders.get(node.identity().box())));
    all.neighbourhood().open(new TownMap());
    return all;
  }

  /** The pipeline of a box. */
  public Pipeline box(int index) {
    return pipelines.get(index);
  }

  /** The operator's ingest. */
  public Pipeline ingest() {
    return pipelines.get(pipelines.size() - 1);
  }

  /** A box's gates. */
  public Services services(int index) {
    return services.get(index);
  }

  /** A node's keys. */
  public CryptoNode node(int index) {
    return nodes.get(index);
  }

  /** What a box holds. */
  public Holder holder(int index) {
    return holders.get(nodes.get(index).identity().box());
  }

  /** Kills the first boxes, the first of all excepted, to which that many bytes have come. */
  public void killHolders(int count, long bytes) {
    AtomicInteger deaths = new AtomicInteger(count);
    for (int i = 1; i < size(); i++) {
      holder(i).dieAfter(bytes, deaths);
    }
  }

  /** Bytes that holders took and gave. */
  public long moved() {
    return holders.values().stream().mapToLong(one -> one.received() + one.served()).sum();
  }

  /** A box's own pieces (of all boxes: they differ by object). */
  public MemoryPieces pieces() {
    return pieces;
  }

  /** Boxes, without the ingest. */
  public int size() {
    return nodes.size() - 1;
  }

  /** The code that all boxes have. */
  public ErasureCode code() {
    return code;
  }

  /** The map. */
  public BoxMap map() {
    return map;
  }

  /** Replaces a box's transfer service, as an update does: the old one fails its calls. */
  public synchronized void updateTransfer(int index) {
    TownTransfer old = transfers.get(index);
    services.get(index).transfer().close(old);
    old.stop();
    TownTransfer next = new TownTransfer(holders, executor);
    transfers.set(index, next);
    services.get(index).transfer().open(next);
  }

  private static TownTransfer transferOf(Services services) {
    return (TownTransfer) services.transfer().get();
  }

  private Pipeline pipeline(int index) {
    return new QuickPipeline(services.get(index), folders.get(index)).pipeline();
  }

  /** A second pipeline of the same box that remembers nothing. */
  public Pipeline restarted(int index) {
    try {
      Path nothing = Files.createTempDirectory(folders.get(index), "again");
      Pipeline fresh = new QuickPipeline(services(nodes.get(index)), nothing).pipeline();
      extra.add(fresh);
      return fresh;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops a box's pipeline and starts it again, with what is on its disk. */
  public Pipeline restart(int index) {
    pipelines.get(index).close();
    return start(index);
  }

  /** Starts a box's pipeline in place of one that was stopped, or cut off. */
  public Pipeline start(int index) {
    try {
      services.set(index, services(nodes.get(index)));
      transfers.set(index, transferOf(services.get(index)));
      pipelines.set(index, pipeline(index));
      return pipelines.get(index);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a box's pipeline keeps its state. */
  public Path folder(int index) {
    return folders.get(index);
  }

  /** Puts bytes. */
  public static ObjectInfo put(
      Pipeline store, ObjectRef ref, DurabilityClass durability, byte[] content)
      throws ObjectFailure {
    return store.put(
        new PutRequest(
            ref,
            durability,
            content.length,
            "",
            List.of(),
            (offset, into) ->
                into.put(
                    content,
                    (int) offset,
                    Math.min(into.remaining(), content.length - (int) offset)),
            done -> {}));
  }

  /** Reads a range. */
  public static byte[] read(Pipeline store, ObjectRef ref, long offset, int length)
      throws ObjectFailure {
    ByteBuffer into = ByteBuffer.allocate(length);
    store.read(ref, offset, into);
    return java.util.Arrays.copyOf(into.array(), into.position());
  }

  @Override
  public void close() {
    pipelines.forEach(Pipeline::close);
    extra.forEach(Pipeline::close);
    executor.shutdownNow();
    code.close();
    nodes.forEach(CryptoNode::close);
  }

  private final class TownMap implements Neighbourhood {
    @Override
    public Optional<String> name() {
      return Optional.of("town");
    }

    @Override
    public Optional<BoxMap> map() {
      return Optional.of(map);
    }

    @Override
    public List<Endpoint> endpoints(BoxId box) {
      return List.of();
    }

    @Override
    public boolean heard(byte[] signedEndpoint) {
      return false;
    }

    @Override
    public List<byte[]> gossip(int limit) {
      return List.of();
    }
  }
}
