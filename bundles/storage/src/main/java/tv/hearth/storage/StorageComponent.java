package tv.hearth.storage;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
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
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.lib.sqlite.SqliteLibrary;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.io.Home;
import tv.hearth.support.thread.Failures;

/** Offers storage in {@code hearth.home/storage} as services. */
// Immediate: else the last caller's leaving would close the databases each time.
@Component(configurationPid = "tv.hearth.storage", immediate = true)
@Designate(ocd = StorageConfig.class)
public final class StorageComponent implements PieceStore, RecordStore, MeterSource, HealthProbe {
  private static final Duration AFTER_START = Duration.ofSeconds(20);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

  private final ServiceGate<Budget> budget = new ServiceGate<>("the budget", Duration.ZERO);
  private final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("the neighbourhood", Duration.ZERO);
  private final Failures upkeep = new Failures("looking after the pieces");
  private final Opening opening;

  /** Made by Declarative Services. */
  @Activate
  public StorageComponent(BundleContext context, StorageConfig config) {
    InstantSource clock = InstantSource.system();
    StorageSettings settings =
        new StorageSettings(
            Home.folder(context, "storage"),
            this::limits,
            new MapShares(this::map, config.ownerShare(), config.catalogueShare()),
            (long) config.keepFreeMib() << 20,
            config.recordShare(),
            config.subjectRecords(),
            (long) config.subjectMib() << 20,
            clock);
    this.opening =
        new Opening(
                () -> {
                  SqliteNative.load(context.getProperty(SqliteLibrary.PROPERTY));
                  return Storage.open(settings);
                },
                storage ->
                    new Upkeep(
                            storage,
                            () -> limits().cpuShare(),
                            clock,
                            Duration.ofMinutes(config.expireMinutes()),
                            Duration.ofDays(config.scrubDays()),
                            AFTER_START,
                            upkeep)
                        .start(),
                BETWEEN_TRIES)
            .begin();
  }

  @Deactivate
  void close() throws StoreException {
    opening.close();
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

  private Optional<BoxMap> map() {
    return neighbourhood.now().flatMap(Neighbourhood::map);
  }

  @Override
  public void reserve(PieceId piece, OwnerId owner, long length, int unit, Instant lease)
      throws StoreException {
    opening.get().pieces().reserve(piece, owner, length, unit, lease);
  }

  @Override
  public long write(PieceId piece, long offset, ByteBuffer bytes) throws StoreException {
    return opening.get().pieces().write(piece, offset, bytes);
  }

  @Override
  public PieceInfo commit(PieceId piece) throws StoreException {
    return opening.get().pieces().commit(piece);
  }

  @Override
  public void abort(PieceId piece) throws StoreException {
    opening.get().pieces().abort(piece);
  }

  @Override
  public int read(PieceId piece, int firstUnit, int count, ByteBuffer into) throws StoreException {
    return opening.get().pieces().read(piece, firstUnit, count, into);
  }

  @Override
  public byte[] unitHashes(PieceId piece) throws StoreException {
    return opening.get().pieces().unitHashes(piece);
  }

  @Override
  public Optional<PieceInfo> stat(PieceId piece) throws StoreException {
    return opening.get().pieces().stat(piece);
  }

  @Override
  public List<PieceInfo> list(PieceId after, int limit) throws StoreException {
    return opening.get().pieces().list(after, limit);
  }

  @Override
  public int keep(ObjectId object, OwnerId owner, Instant until) throws StoreException {
    return opening.get().pieces().keep(object, owner, until);
  }

  @Override
  public int delete(ObjectId object, OwnerId owner) throws StoreException {
    return opening.get().pieces().delete(object, owner);
  }

  @Override
  public int expire(Instant now) throws StoreException {
    return opening.get().pieces().expire(now);
  }

  @Override
  public ScrubReport scrub(int limit) throws StoreException {
    return opening.get().pieces().scrub(limit);
  }

  @Override
  public Usage usage() throws StoreException {
    return opening.get().pieces().usage();
  }

  @Override
  public List<Bytes> get(RecordKey key) throws StoreException {
    return opening.get().records().get(key);
  }

  @Override
  public boolean replace(RecordKey key, List<Bytes> expected, List<Bytes> next)
      throws StoreException {
    return opening.get().records().replace(key, expected, next);
  }

  @Override
  public List<Entry> list(String path, String subject, String after, int limit)
      throws StoreException {
    return opening.get().records().list(path, subject, after, limit);
  }

  @Override
  public List<Meter> read() {
    Storage storage = opening.now();
    List<Meter> meters = new ArrayList<>();
    meters.add(Meter.counter("storage.upkeep.failures.count", upkeep.count()));
    if (storage != null) {
      meters.addAll(new StorageReadings(storage).meters());
    }
    return meters;
  }

  @Override
  public Health check() {
    Storage storage = opening.now();
    if (storage == null) {
      return opening.health();
    }
    Health health = new StorageReadings(storage).health();
    boolean isTroubled = health.state() == State.OK && !upkeep.trouble().isEmpty();
    return isTroubled ? Health.degraded(upkeep.trouble()) : health;
  }
}
