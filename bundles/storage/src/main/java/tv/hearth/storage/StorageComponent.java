package tv.hearth.storage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.budget.Budget;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.io.Home;

/** Offers storage in {@code hearth.home/storage} as services. */
// Immediate: else the last caller's leaving would close the databases each time.
@Component(configurationPid = "tv.hearth.storage", immediate = true)
@Designate(ocd = StorageConfig.class)
public final class StorageComponent implements PieceStore, RecordStore, MeterSource, HealthProbe {
  private static final Duration AFTER_START = Duration.ofSeconds(20);

  private final ServiceGate<Budget> budget = new ServiceGate<>("the budget", Duration.ZERO);
  private final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("the neighbourhood", Duration.ZERO);
  private final Storage storage;
  private final Upkeep upkeep;
  private final StorageReadings readings;

  /** Made by Declarative Services. */
  @Activate
  public StorageComponent(BundleContext context, StorageConfig config) throws StoreException {
    InstantSource clock = InstantSource.system();
    this.storage =
        Storage.open(
            new StorageSettings(
                Home.folder(context, "storage"),
                this::limits,
                owner -> isAuthority(owner) ? config.catalogueShare() : config.ownerShare(),
                (long) config.keepFreeMib() << 20,
                config.recordShare(),
                config.subjectRecords(),
                (long) config.subjectMib() << 20,
                clock));
    this.readings = new StorageReadings(storage);
    this.upkeep =
        new Upkeep(
                storage,
                () -> limits().cpuShare(),
                clock,
                Duration.ofMinutes(config.expireMinutes()),
                Duration.ofDays(config.scrubDays()),
                AFTER_START)
            .start();
  }

  @Deactivate
  void close() throws StoreException {
    upkeep.close();
    storage.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindBudget(Budget service) {
    budget.open(service);
  }

  void unbindBudget(Budget service) {
    budget.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindNeighbourhood(Neighbourhood service) {
    neighbourhood.open(service);
  }

  void unbindNeighbourhood(Neighbourhood service) {
    neighbourhood.close(service);
  }

  private Limits limits() {
    return budget.now().map(Budget::current).orElse(Limits.LEAST);
  }

  private boolean isAuthority(OwnerId owner) {
    return neighbourhood
        .now()
        .flatMap(Neighbourhood::map)
        .map(map -> map.contentKeys().containsKey(owner))
        .orElse(false);
  }

  @Override
  public void reserve(PieceId piece, OwnerId owner, long length, int unit, Instant lease)
      throws StoreException {
    storage.pieces().reserve(piece, owner, length, unit, lease);
  }

  @Override
  public long write(PieceId piece, long offset, ByteBuffer bytes) throws StoreException {
    return storage.pieces().write(piece, offset, bytes);
  }

  @Override
  public PieceInfo commit(PieceId piece) throws StoreException {
    return storage.pieces().commit(piece);
  }

  @Override
  public void abort(PieceId piece) throws StoreException {
    storage.pieces().abort(piece);
  }

  @Override
  public int read(PieceId piece, int firstUnit, int count, ByteBuffer into) throws StoreException {
    return storage.pieces().read(piece, firstUnit, count, into);
  }

  @Override
  public byte[] unitHashes(PieceId piece) throws StoreException {
    return storage.pieces().unitHashes(piece);
  }

  @Override
  public Optional<PieceInfo> stat(PieceId piece) throws StoreException {
    return storage.pieces().stat(piece);
  }

  @Override
  public List<PieceInfo> list(PieceId after, int limit) throws StoreException {
    return storage.pieces().list(after, limit);
  }

  @Override
  public int keep(ObjectId object, OwnerId owner, Instant until) throws StoreException {
    return storage.pieces().keep(object, owner, until);
  }

  @Override
  public int delete(ObjectId object, OwnerId owner) throws StoreException {
    return storage.pieces().delete(object, owner);
  }

  @Override
  public int expire(Instant now) throws StoreException {
    return storage.pieces().expire(now);
  }

  @Override
  public ScrubReport scrub(int limit) throws StoreException {
    return storage.pieces().scrub(limit);
  }

  @Override
  public Usage usage() throws StoreException {
    return storage.pieces().usage();
  }

  @Override
  public List<Bytes> get(RecordKey key) throws StoreException {
    return storage.records().get(key);
  }

  @Override
  public boolean replace(RecordKey key, List<Bytes> expected, List<Bytes> next)
      throws StoreException {
    return storage.records().replace(key, expected, next);
  }

  @Override
  public List<Entry> list(RecordKind kind, String subject, String after, int limit)
      throws StoreException {
    return storage.records().list(kind, subject, after, limit);
  }

  @Override
  public List<Meter> read() {
    return readings.meters();
  }

  @Override
  public Health check() {
    return readings.health();
  }
}
