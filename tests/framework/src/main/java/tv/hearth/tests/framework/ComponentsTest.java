package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;

/**
 * On a box that nobody configured, no component of ours fails: it works with defaults, or waits.
 */
class ComponentsTest {
  @InjectBundleContext BundleContext context;
  @InjectService ServiceComponentRuntime runtime;
  @InjectService ConfigurationAdmin configurations;

  /** What listens on a port of its own, which another process of this machine may hold. */
  private static final List<String> LISTENERS =
      List.of("tv.hearth.transfer", "tv.hearth.gateway", "tv.hearth.runtime.epg");

  private static final long PATIENCE_NANOS = 20_000_000_000L;
  private static final long PAUSE_NANOS = 20_000_000L;

  private Collection<ComponentDescriptionDTO> components;

  @BeforeEach
  void find() throws IOException {
    for (String pid : LISTENERS) {
      configurations
          .getConfiguration(pid, "?")
          .update(FrameworkUtil.asDictionary(Map.of("port", 0)));
    }
    Bundle[] ours = new HearthBundles(context).all().toArray(Bundle[]::new);
    components = runtime.getComponentDescriptionDTOs(ours);
  }

  @Test
  void noneFailsToActivate() {
    assertFalse(components.isEmpty(), "no component was found");
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!failed().isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    assertEquals(List.of(), failed());
  }

  @Test
  void everyOneIsEnabled() {
    List<String> disabled =
        components.stream().filter(c -> !runtime.isComponentEnabled(c)).map(c -> c.name).toList();
    assertEquals(List.of(), disabled);
  }

  private List<String> failed() {
    return components.stream()
        .flatMap(c -> runtime.getComponentConfigurationDTOs(c).stream())
        .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .map(c -> c.description.name + ": " + c.failure)
        .toList();
  }
}
