package tv.hearth.update.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.dto.BundleDTO;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;

/** Against what Declarative Services may say of a box's components. */
class FailedComponentsTest {
  private final List<Component> all = new ArrayList<>();

  private record Component(String bundle, int state, String failure) {}

  private Map<String, String> failed() {
    Bundle[] bundles =
        all.stream()
            .map(Component::bundle)
            .map(FailedComponentsTest::bundle)
            .toArray(Bundle[]::new);
    return FailedComponents.of(runtime(), bundles);
  }

  private static Bundle bundle(String name) {
    return (Bundle)
        Proxy.newProxyInstance(
            Bundle.class.getClassLoader(),
            new Class<?>[] {Bundle.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getSymbolicName")) {
                return name;
              }
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private ServiceComponentRuntime runtime() {
    return (ServiceComponentRuntime)
        Proxy.newProxyInstance(
            ServiceComponentRuntime.class.getClassLoader(),
            new Class<?>[] {ServiceComponentRuntime.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getComponentDescriptionDTOs" -> descriptions((Bundle[]) arguments[0]);
                  case "getComponentConfigurationDTOs" ->
                      configurations((ComponentDescriptionDTO) arguments[0]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private Collection<ComponentDescriptionDTO> descriptions(Bundle[] of) {
    List<String> asked = Arrays.stream(of).map(Bundle::getSymbolicName).toList();
    List<ComponentDescriptionDTO> found = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (asked.contains(all.get(i).bundle())) {
        ComponentDescriptionDTO description = new ComponentDescriptionDTO();
        description.name = "component" + i;
        description.bundle = new BundleDTO();
        description.bundle.symbolicName = all.get(i).bundle();
        found.add(description);
      }
    }
    return found;
  }

  private Collection<ComponentConfigurationDTO> configurations(ComponentDescriptionDTO of) {
    Component component = all.get(Integer.parseInt(of.name.replace("component", "")));
    ComponentConfigurationDTO configuration = new ComponentConfigurationDTO();
    configuration.state = component.state();
    configuration.failure = component.failure();
    return List.of(configuration);
  }

  @ParameterizedTest
  @CsvSource({
    ComponentConfigurationDTO.ACTIVE + ",0",
    ComponentConfigurationDTO.SATISFIED + ",0",
    ComponentConfigurationDTO.UNSATISFIED_REFERENCE + ",0",
    ComponentConfigurationDTO.UNSATISFIED_CONFIGURATION + ",0",
    ComponentConfigurationDTO.FAILED_ACTIVATION + ",1"
  })
  void onlyAFailedActivationIsAFault(int state, int faults) {
    all.add(new Component("tv.hearth.gateway", state, "java.lang.IllegalStateException"));
    assertEquals(faults, failed().size());
  }

  @Test
  void whatIsSaidIsTheComponentAndTheFirstLineOfItsFailure() {
    all.add(
        new Component(
            "tv.hearth.gateway",
            ComponentConfigurationDTO.FAILED_ACTIVATION,
            "\njava.io.IOException: no port\n\tat tv.hearth.Gateway\n"));
    all.add(new Component("tv.hearth.mqtt", ComponentConfigurationDTO.FAILED_ACTIVATION, null));
    assertEquals(
        Map.of(
            "tv.hearth.gateway",
            "component0 can't be activated: java.io.IOException: no port",
            "tv.hearth.mqtt",
            "component1 can't be activated: it does not say why"),
        failed());
  }

  /** A vendor's broken component is no reason to go back from a release of ours. */
  @Test
  void othersComponentsAreNotOurs() {
    all.add(new Component("vendor.epg", ComponentConfigurationDTO.FAILED_ACTIVATION, "broken"));
    assertEquals(Map.of(), failed());
  }
}
