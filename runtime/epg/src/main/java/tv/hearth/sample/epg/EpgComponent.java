package tv.hearth.sample.epg;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
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

/**
 * The EPG: a page that lists films and plays them. Its class names no type of Hearth's in a field
 * or method, so it works where Hearth's API is absent, too.
 */
@Component(
    immediate = true,
    configurationPid = "tv.hearth.runtime.epg",
    service = EpgComponent.class)
@Designate(ocd = EpgComponent.Config.class)
public final class EpgComponent {
  private final AtomicReference<ServiceReference<?>> gateway = new AtomicReference<>();
  private final Viewing viewing = new Viewing();
  private final BundleContext context;
  private final EpgServer server;

  /** Listens; throws where it can't, and says why. */
  @Activate
  public EpgComponent(Config config, BundleContext context) throws IOException {
    this.context = context;
    server = new EpgServer(EpgServer.loopback(), config.port(), this::base, viewing);
  }

  private URI base() {
    ServiceReference<?> reference = gateway.get();
    Object service = reference == null ? null : context.getService(reference);
    if (service == null) {
      return null;
    }
    try {
      return ((GatewayAddress) service).base();
    } finally {
      context.ungetService(reference);
    }
  }

  /** What is watched on the page. */
  Viewing viewing() {
    return viewing;
  }

  @Reference(
      service = GatewayAddress.class,
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindGateway(ServiceReference<?> address) {
    gateway.set(address);
  }

  void unbindGateway(ServiceReference<?> address) {
    gateway.compareAndSet(address, null);
  }

  @Deactivate
  void close() {
    server.close();
  }

  /** PID {@code tv.hearth.runtime.epg}. */
  @ObjectClassDefinition(name = "Sample EPG")
  @interface Config {
    /** Port. */
    @AttributeDefinition(
        description =
            "Port of its page on 127.0.0.1 (::1 where there is no other loopback); 0 takes any that is free")
    int port() default 8070;
  }
}
