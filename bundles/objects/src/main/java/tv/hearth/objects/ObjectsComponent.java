package tv.hearth.objects;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.objects.io.Services;
import tv.hearth.support.io.Home;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/** Offers the pipeline as a service and keeps its gates. */
@Component(service = {ObjectStore.class, MeterSource.class, HealthProbe.class})
public final class ObjectsComponent implements ObjectStore, MeterSource, HealthProbe {
  private final Services services = new Services();
  private final Pipeline pipeline;

  /** Made by Declarative Services. */
  @Activate
  public ObjectsComponent(BundleContext context) {
    pipeline = new Pipeline(services, Home.folder(context, "objects"));
  }

  @Deactivate
  void close() {
    pipeline.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindIdentity(Identity service) {
    services.identity().open(service);
  }

  void unbindIdentity(Identity service) {
    services.identity().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindHousehold(Household service) {
    services.household().open(service);
  }

  void unbindHousehold(Household service) {
    services.household().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindKeyring(Keyring service) {
    services.keyring().open(service);
  }

  void unbindKeyring(Keyring service) {
    services.keyring().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCipher(ObjectCipher service) {
    services.cipher().open(service);
  }

  void unbindCipher(ObjectCipher service) {
    services.cipher().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindVerifier(SignatureVerifier service) {
    services.verifier().open(service);
  }

  void unbindVerifier(SignatureVerifier service) {
    services.verifier().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindCode(ErasureCode service) {
    services.code().open(service);
  }

  void unbindCode(ErasureCode service) {
    services.code().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPlacement(PlacementPolicy service) {
    services.placement().open(service);
  }

  void unbindPlacement(PlacementPolicy service) {
    services.placement().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindTransfer(PieceTransfer service) {
    services.transfer().open(service);
  }

  void unbindTransfer(PieceTransfer service) {
    services.transfer().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPieces(PieceStore service) {
    services.pieces().open(service);
  }

  void unbindPieces(PieceStore service) {
    services.pieces().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindRecords(RecordStore service) {
    services.records().open(service);
  }

  void unbindRecords(RecordStore service) {
    services.records().close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindNeighbourhood(Neighbourhood service) {
    services.neighbourhood().open(service);
  }

  void unbindNeighbourhood(Neighbourhood service) {
    services.neighbourhood().close(service);
  }

  @Override
  public ObjectInfo put(PutRequest request) throws ObjectFailure {
    return pipeline.put(request);
  }

  @Override
  public int read(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure {
    return pipeline.read(ref, offset, into);
  }

  @Override
  public ObjectInfo stat(ObjectRef ref) throws ObjectFailure {
    return pipeline.stat(ref);
  }

  @Override
  public List<ObjectInfo> list(Shelf shelf, String after) throws ObjectFailure {
    return pipeline.list(shelf, after);
  }

  @Override
  public void delete(ObjectRef ref) throws ObjectFailure {
    pipeline.delete(ref);
  }

  @Override
  public ObjectInfo.Survival survey(ObjectRef ref) throws ObjectFailure {
    return pipeline.survey(ref);
  }

  @Override
  public Map<String, Long> sources() {
    return pipeline.sources();
  }

  @Override
  public List<Meter> read() {
    List<Meter> meters = new ArrayList<>(pipeline.meters().read());
    meters.add(Meter.counter("objects.work.failures.count", pipeline.failures().count()));
    return meters;
  }

  private Health ownHealth() {
    String failed = pipeline.trouble();
    String trouble = failed.isEmpty() ? pipeline.meters().mayBeOld() : failed;
    return trouble.isEmpty() ? Health.OK : Health.degraded(trouble);
  }

  @Override
  public Health check() {
    return services
        .missing()
        .map(name -> Health.degraded(name + " is not there"))
        .orElseGet(this::ownHealth);
  }
}
