package tv.hearth.membership;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
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
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.LocalEndpoints;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.value.BoxId;
import tv.hearth.membership.node.Member;
import tv.hearth.membership.node.MemberSettings;
import tv.hearth.membership.node.Services;
import tv.hearth.support.io.Home;

/** This box's membership in an OSGi framework. */
@Component(
    configurationPid = "tv.hearth.membership",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {Neighbourhood.class, MeterSource.class, HealthProbe.class})
@Designate(ocd = MembershipConfig.class)
public final class MembershipComponent implements Neighbourhood, MeterSource, HealthProbe {
  private final Services services = Services.closed();
  private final BundleContext context;
  private final InstalledLevels levels;
  private final Member member;
  private ServiceRegistration<MessageHandler> handler;
  private boolean stopped;

  /** Starts it. */
  @Activate
  public MembershipComponent(BundleContext context, MembershipConfig config) throws IOException {
    this.context = context;
    MemberSettings settings =
        new MemberSettings(
            Home.folder(context, "membership"),
            Roots.read(config.anchor()),
            config.enrolment().strip(),
            config.model(),
            config.location(),
            Duration.ofSeconds(Math.max(1, config.exchangeSeconds())));
    levels = new InstalledLevels(context);
    member =
        new Member(
            settings, services, Clock.systemUTC(), new SecureRandom(), this::named, levels::all);
    levels.watch(member::look);
  }

  /** From now on the map's topic is known. */
  private synchronized void named(String name) {
    if (stopped) {
      return;
    }
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(MessageHandler.TOPICS, "hearth/v1/" + name + "/map");
    handler =
        context.registerService(
            MessageHandler.class, message -> member.received(message), properties);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setIdentity(Identity identity) {
    services.identity().open(identity);
    member.look();
  }

  void unsetIdentity(Identity identity) {
    services.identity().close(identity);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setVerifier(SignatureVerifier verifier) {
    services.verifier().open(verifier);
    member.look();
  }

  void unsetVerifier(SignatureVerifier verifier) {
    services.verifier().close(verifier);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setBus(MessageBus bus) {
    services.bus().open(bus);
    member.busChanged();
  }

  void unsetBus(MessageBus bus) {
    services.bus().close(bus);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addEndpoints(LocalEndpoints endpoints) {
    member.add(endpoints);
  }

  void removeEndpoints(LocalEndpoints endpoints) {
    member.remove(endpoints);
  }

  /** Stops it within some 200 ms. */
  @Deactivate
  void stop() {
    synchronized (this) {
      stopped = true;
      if (handler != null) {
        handler.unregister();
      }
    }
    levels.close();
    member.close();
  }

  @Override
  public Optional<String> name() {
    return member.name();
  }

  @Override
  public Optional<BoxMap> map() {
    return member.map();
  }

  @Override
  public List<Endpoint> endpoints(BoxId box) {
    return member.endpoints(box);
  }

  @Override
  public boolean heard(byte[] signedEndpoint) {
    return member.heard(signedEndpoint);
  }

  @Override
  public List<byte[]> gossip(int limit) {
    return member.gossip(limit);
  }

  @Override
  public List<Meter> read() {
    return member.meters();
  }

  @Override
  public Health check() {
    return member.health();
  }
}
