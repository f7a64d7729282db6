package tv.hearth.sample.epg;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import tv.hearth.vendor.gateway.GatewayAddress;
import tv.hearth.vendor.household.HouseholdSignal;

/**
 * The EPG: a page that lists films and plays them, and word to Hearth of what the household does.
 */
@Component(immediate = true, configurationPid = "tv.hearth.runtime.epg")
@Designate(ocd = EpgComponent.Config.class)
public final class EpgComponent implements HouseholdSignal {
  private final AtomicReference<GatewayAddress> gateway = new AtomicReference<>();
  private final Viewing viewing = new Viewing();
  private final EpgServer server;

  /** Listens; throws where it can't, and says why. */
  @Activate
  public EpgComponent(Config config) throws IOException {
    server = new EpgServer(config.port(), gateway::get, viewing);
  }

  @Deactivate
  void close() {
    server.close();
  }

  @Override
  public Activity activity() {
    return viewing.activity(System.nanoTime());
  }

  @Override
  public int bufferedSeconds() {
    return viewing.bufferedSeconds(System.nanoTime());
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindGateway(GatewayAddress address) {
    gateway.set(address);
  }

  void unbindGateway(GatewayAddress address) {
    gateway.compareAndSet(address, null);
  }

  /** PID {@code tv.hearth.runtime.epg}. */
  @ObjectClassDefinition(name = "Sample EPG")
  @interface Config {
    /** Port. */
    @AttributeDefinition(description = "Port of its page on 127.0.0.1; 0 takes any that is free")
    int port() default 8070;
  }
}
