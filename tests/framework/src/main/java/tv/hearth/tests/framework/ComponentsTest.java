package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
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

  private Collection<ComponentDescriptionDTO> components;

  @BeforeEach
  void find() {
    Bundle[] ours = new HearthBundles(context).all().toArray(Bundle[]::new);
    components = runtime.getComponentDescriptionDTOs(ours);
  }

  @Test
  void noneFailsToActivate() {
    assertFalse(components.isEmpty(), "no component was found");
    List<String> failed =
        components.stream()
            .flatMap(c -> runtime.getComponentConfigurationDTOs(c).stream())
            .filter(c -> c.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
            .map(c -> c.description.name + ": " + c.failure.lines().findFirst().orElse(""))
            .toList();
    assertEquals(List.of(), failed);
  }

  @Test
  void everyOneIsEnabled() {
    List<String> disabled =
        components.stream().filter(c -> !runtime.isComponentEnabled(c)).map(c -> c.name).toList();
    assertEquals(List.of(), disabled);
  }
}
