package tv.hearth.runtime.control;

import java.io.IOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.LocalEndpoints;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.vendor.gateway.GatewayAddress;
import tv.hearth.vendor.objects.ObjectStore;

/** The control listener as a component: PID {@code tv.hearth.runtime.control}. */
@Component(
    service = {},
    immediate = true,
    configurationPid = "tv.hearth.runtime.control",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ControlConfig.class)
public final class ControlComponent {
  private final Services services = new Services();
  private final ControlServer server;

  /** Listens; throws where it can't, and says why. */
  @Activate
  public ControlComponent(BundleContext context, ControlConfig config) throws IOException {
    server =
        new ControlServer(
            services, new BundleCommands(context), config.port(), Path.of(config.file()));
  }

  @Deactivate
  void close() {
    server.close();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindObjectStore(ObjectStore service) {
    services.objects.open(service);
  }

  void unbindObjectStore(ObjectStore service) {
    services.objects.close(service);
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
  void bindHousehold(Household service) {
    services.household.open(service);
  }

  void unbindHousehold(Household service) {
    services.household.close(service);
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
  void bindMessageBus(MessageBus service) {
    services.bus.open(service);
  }

  void unbindMessageBus(MessageBus service) {
    services.bus.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindKeyring(Keyring service) {
    services.keyring.open(service);
  }

  void unbindKeyring(Keyring service) {
    services.keyring.close(service);
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
  void bindGatewayAddress(GatewayAddress service) {
    services.gateway.open(service);
  }

  void unbindGatewayAddress(GatewayAddress service) {
    services.gateway.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindUpdateAgent(UpdateAgent service) {
    services.update.open(service);
  }

  void unbindUpdateAgent(UpdateAgent service) {
    services.update.close(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindLocalEndpoints(LocalEndpoints service) {
    services.endpoints.add(service);
  }

  void unbindLocalEndpoints(LocalEndpoints service) {
    services.endpoints.remove(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void bindHealthProbe(HealthProbe service) {
    services.probes.add(service);
  }

  void unbindHealthProbe(HealthProbe service) {
    services.probes.remove(service);
  }
}
