package tv.hearth.update.frame;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import tv.hearth.support.owner.Ownership;

/**
 * Components of ours that threw when they were activated. Their bundles are active and what they
 * offer is registered, so that nothing else tells.
 */
final class FailedComponents {
  private static final String CAUSE = "Caused by: ";

  private FailedComponents() {}

  /** Bundle and why, for each of these bundles that has such a component. */
  static Map<String, String> of(ServiceComponentRuntime runtime, Bundle[] bundles) {
    Map<String, String> failed = new TreeMap<>();
    Bundle[] ours =
        Arrays.stream(bundles)
            .filter(bundle -> Ownership.isManaged(bundle.getSymbolicName()))
            .toArray(Bundle[]::new);
    for (ComponentDescriptionDTO component : runtime.getComponentDescriptionDTOs(ours)) {
      for (ComponentConfigurationDTO each : runtime.getComponentConfigurationDTOs(component)) {
        if (each.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
          failed.put(
              component.bundle.symbolicName,
              component.name + " can't be activated: " + words(each.failure));
        }
      }
    }
    return failed;
  }

  /** What failed at the bottom of a stack trace: what is above it only passed that on. */
  static String words(String trace) {
    if (trace == null || trace.isBlank()) {
      return "it does not say why";
    }
    String first = trace.strip().lines().findFirst().orElse("");
    return trace
        .lines()
        .filter(line -> line.startsWith(CAUSE))
        .reduce((above, below) -> below)
        .map(line -> line.substring(CAUSE.length()))
        .orElse(first);
  }
}
