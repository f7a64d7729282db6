package tv.hearth.transfer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.budget.Budget;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.LocalEndpoints;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.payload.PayloadSource;
import tv.hearth.api.payload.PayloadTransfer;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.io.Home;
import tv.hearth.transfer.core.Allowance;
import tv.hearth.transfer.net.Settings;
import tv.hearth.transfer.net.TransferNode;
import tv.hearth.transfer.serve.Services;

/** Offers calls to neighbours, and answers theirs. */
@Component(
    immediate = true,
    configurationPid = "tv.hearth.transfer",
    service = {PieceTransfer.class, PayloadTransfer.class, MeterSource.class, HealthProbe.class})
@Designate(ocd = TransferConfig.class)
public final class TransferComponent
    implements PieceTransfer, PayloadTransfer, MeterSource, HealthProbe {
  private final Services services = new Services();
  private final BundleContext context;
  private final String announce;
  private final InetSocketAddress address;
  private final TransferNode node;
  private ServiceRegistration<LocalEndpoints> announced;
  private boolean closed;

  /** Made by Declarative Services. */
  @Activate
  public TransferComponent(BundleContext context, TransferConfig config) throws IOException {
    this.context = context;
    this.announce = config.announce();
    this.address = new InetSocketAddress(config.host(), bounded(config.port()));
    this.node =
        new TransferNode(
            services,
            settings(config),
            Clock.systemUTC(),
            Home.folder(context, "transfer"),
            config.deletionsPerDay(),
            address,
            config.diskThreads(),
            config.gossipSeconds(),
            this::listening);
  }

  private static int bounded(int port) {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("tv.hearth.transfer: port out of 0…65535: " + port);
    }
    return port;
  }

  private static Settings settings(TransferConfig config) {
    Settings usual = Settings.DEFAULT;
    return new Settings(
        usual.connect(),
        usual.handshake(),
        usual.answer(),
        usual.window(),
        usual.leastRate(),
        usual.total(),
        usual.idle(),
        usual.peerConnections(),
        config.inbound(),
        config.outbound(),
        config.requests(),
        usual.bodyBytes(),
        new Allowance.Quotas(config.peerRequests(), config.peerRate(), config.peerRecordBytes()));
  }

  private synchronized void listening(int port) {
    if (!closed) {
      // Asked anew each time: a network may come up later, and addresses change.
      LocalEndpoints now = () -> LocalAddresses.endpoints(announce, address, port);
      announced = context.registerService(LocalEndpoints.class, now, null);
    }
  }

  @Deactivate
  void close() {
    synchronized (this) {
      closed = true;
      if (announced != null) {
        announced.unregister();
        announced = null;
      }
    }
    node.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindIdentity(Identity service) {
    services.identity.open(service);
  }

  void unbindIdentity(Identity service) {
    services.identity.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindSignatureVerifier(SignatureVerifier service) {
    services.verifier.open(service);
  }

  void unbindSignatureVerifier(SignatureVerifier service) {
    services.verifier.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindNeighbourhood(Neighbourhood service) {
    services.neighbourhood.open(service);
  }

  void unbindNeighbourhood(Neighbourhood service) {
    services.neighbourhood.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPieceStore(PieceStore service) {
    services.pieces.open(service);
  }

  void unbindPieceStore(PieceStore service) {
    services.pieces.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRecordStore(RecordStore service) {
    services.records.open(service);
  }

  void unbindRecordStore(RecordStore service) {
    services.records.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPayloadSource(PayloadSource service) {
    services.payloads.open(service);
  }

  void unbindPayloadSource(PayloadSource service) {
    services.payloads.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindBudget(Budget service) {
    services.budget.open(service);
  }

  void unbindBudget(Budget service) {
    services.budget.close(service);
  }

  @Override
  public Health check() {
    return node.health();
  }

  @Override
  public List<Meter> read() {
    return node.meters().read();
  }

  @Override
  public CompletableFuture<PutReply> put(
      BoxId to, PieceId piece, byte[] grant, long offset, ByteBuffer bytes, TrafficClass traffic) {
    return node.transfers().put(to, piece, grant, offset, bytes, traffic);
  }

  @Override
  public CompletableFuture<byte[]> get(
      BoxId from, PieceId piece, int firstUnit, int count, TrafficClass traffic) {
    return node.transfers().get(from, piece, firstUnit, count, traffic);
  }

  @Override
  public CompletableFuture<byte[]> unitHashes(BoxId from, PieceId piece, TrafficClass traffic) {
    return node.transfers().unitHashes(from, piece, traffic);
  }

  @Override
  public CompletableFuture<Boolean> head(BoxId from, PieceId piece) {
    return node.transfers().head(from, piece);
  }

  @Override
  public CompletableFuture<Integer> keep(BoxId at, byte[] keep) {
    return node.transfers().keep(at, keep);
  }

  @Override
  public CompletableFuture<Integer> delete(BoxId at, byte[] tombstone) {
    return node.transfers().delete(at, tombstone);
  }

  @Override
  public CompletableFuture<Void> putRecord(BoxId at, RecordKey key, byte[] record) {
    return node.transfers().putRecord(at, key, record);
  }

  @Override
  public CompletableFuture<List<Bytes>> records(BoxId at, RecordKey key) {
    return node.transfers().records(at, key);
  }

  @Override
  public CompletableFuture<BitSet> held(BoxId at, Bytes root) {
    return node.payloads().held(at, root);
  }

  @Override
  public CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length) {
    return node.payloads().chunk(from, root, index, length);
  }

  @Override
  public CompletableFuture<List<RecordStore.Entry>> listRecords(
      BoxId at, RecordKind kind, String subject, String after) {
    return node.transfers().listRecords(at, kind, subject, after);
  }
}
