package tv.hearth.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.support.io.Home;

/**
 * Opens the node's keys once for the components of this bundle. A key file that is damaged, or that
 * a newer release wrote, keeps them away; {@link CryptoHealth} tells why.
 */
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"tv.hearth.crypto.NodeParts\"",
    effective = "active")
@Component(
    immediate = true,
    service = NodeComponent.class,
    configurationPid = "tv.hearth.crypto",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CryptoConfig.class)
public final class NodeComponent {
  private static final System.Logger LOG = System.getLogger(NodeComponent.class.getName());
  private final Optional<ServiceRegistration<NodeParts>> parts;
  private final String trouble;

  /** Made by Declarative Services. */
  @Activate
  public NodeComponent(BundleContext context, CryptoConfig config) {
    NodeSettings settings =
        new NodeSettings(
            Home.folder(context, "crypto"),
            Path.of(config.anchor()),
            path(config.claim()),
            path(config.contentKey()),
            path(config.platformSecret()));
    Optional<ServiceRegistration<NodeParts>> registered = Optional.empty();
    String why = "";
    try {
      NodeParts opened = NodeParts.open(settings, Clock.systemUTC(), new SecureRandom());
      registered = Optional.of(context.registerService(NodeParts.class, opened, null));
    } catch (IdentityException e) {
      why = e.getMessage();
      LOG.log(System.Logger.Level.ERROR, "this node has no keys: " + why, e);
    }
    parts = registered;
    trouble = why;
  }

  @Deactivate
  void close() {
    parts.ifPresent(ServiceRegistration::unregister);
  }

  /** Why there are no keys; empty where there are. */
  String trouble() {
    return trouble;
  }

  private static Optional<Path> path(String configured) {
    return configured.isBlank() ? Optional.empty() : Optional.of(Path.of(configured.strip()));
  }
}
