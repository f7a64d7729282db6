package tv.hearth.crypto;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.support.io.Home;

/**
 * Opens the node's keys once for the components of this bundle. A damaged key file keeps all of
 * them away, with the reason in the log; {@link CryptoHealth} reports it.
 */
@Component(
    immediate = true,
    service = NodeComponent.class,
    configurationPid = "tv.hearth.crypto",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CryptoConfig.class)
public final class NodeComponent {
  private final NodeParts parts;

  /** Made by Declarative Services. */
  @Activate
  public NodeComponent(BundleContext context, CryptoConfig config) throws IdentityException {
    NodeSettings settings =
        new NodeSettings(
            Home.folder(context, "crypto"),
            Path.of(config.anchor()),
            path(config.claim()),
            path(config.contentKey()),
            path(config.platformSecret()));
    parts = NodeParts.open(settings, Clock.systemUTC(), new SecureRandom());
  }

  NodeParts parts() {
    return parts;
  }

  private static Optional<Path> path(String configured) {
    return configured.isBlank() ? Optional.empty() : Optional.of(Path.of(configured.strip()));
  }
}
