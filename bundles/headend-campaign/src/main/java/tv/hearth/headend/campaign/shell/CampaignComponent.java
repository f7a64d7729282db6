package tv.hearth.headend.campaign.shell;

import java.io.IOException;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
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
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.operator.FleetWork;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.headend.campaign.service.CampaignPages;
import tv.hearth.headend.campaign.shelf.Expiry;
import tv.hearth.lib.sqlite.SqliteLibrary;
import tv.hearth.support.io.Home;

/** The headend's campaigns as a component. */
@Component(
    configurationPid = "tv.hearth.headend.campaign",
    immediate = true,
    service = {MeterSource.class, HealthProbe.class})
@Designate(ocd = CampaignConfig.class)
public final class CampaignComponent implements MeterSource, HealthProbe {
  private final BundleContext context;
  private final Office office;
  private final ServiceRegistration<OperatorPages> pages;
  private final ServiceRegistration<FleetWork> work;
  private ServiceRegistration<MessageHandler> handler;

  /** Takes up what the store holds. */
  @Activate
  public CampaignComponent(BundleContext context, CampaignConfig config) throws IOException {
    this.context = context;
    SqliteLibrary.load(context.getProperty(SqliteLibrary.PROPERTY));
    Expiry expiry =
        new Expiry(
            Duration.ofDays(config.warnOnlineDays()), Duration.ofDays(config.warnOfflineDays()));
    office = Office.open(Home.folder(context, "headend-campaign"), config.tickMillis(), expiry);
    Dictionary<String, Object> path = new Hashtable<>();
    path.put(OperatorPages.PATH, CampaignPages.BASE);
    pages = context.registerService(OperatorPages.class, office.pages(), path);
    work = context.registerService(FleetWork.class, office.work(), null);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setNeighbourhood(Neighbourhood neighbourhood) {
    office.with(
        desk -> {
          desk.neighbourhood().open(neighbourhood);
          neighbourhood.name().ifPresent(name -> listen(desk, name));
        });
  }

  void unsetNeighbourhood(Neighbourhood neighbourhood) {
    office.with(desk -> desk.neighbourhood().close(neighbourhood));
  }

  private synchronized void listen(Desk desk, String name) {
    List<String> topics = Desk.topics(name);
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(MessageHandler.TOPICS, topics.toArray(new String[0]));
    if (handler == null) {
      handler = context.registerService(MessageHandler.class, desk, properties);
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setBus(MessageBus bus) {
    office.with(desk -> desk.bus().open(bus));
  }

  void unsetBus(MessageBus bus) {
    office.with(desk -> desk.bus().close(bus));
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setRepository(PublishedFiles files) {
    office.with(
        desk -> {
          desk.repository().open(files);
          desk.lookSoon();
        });
  }

  void unsetRepository(PublishedFiles files) {
    office.with(desk -> desk.repository().close(files));
  }

  /** Stops it within some 200 ms. */
  @Deactivate
  synchronized void stop() {
    if (handler != null) {
      handler.unregister();
    }
    work.unregister();
    pages.unregister();
    office.close();
  }

  @Override
  public List<Meter> read() {
    return office.meters();
  }

  @Override
  public Health check() {
    return office.health();
  }
}
