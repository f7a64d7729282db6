package tv.hearth.update.engine;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tv.hearth.tuf.release.ReleaseBundle;

/**
 * Which services a release need not offer again: an older release, to which an operator goes back,
 * has not yet what a newer one added, and says so in its manifests (capabilities of the namespace
 * {@code osgi.service}, OSGi Compendium 135.4). Pure.
 */
final class Promises {
  /** What a vendor's software may rely on, whatever our bundles say. */
  private static final String VENDORS = "tv.hearth.vendor.";

  private static final Pattern OFFERED =
      Pattern.compile("objectClass(?::List<String>)?=(?:\"([^\"]*)\"|([^;,\"]+))");
  private static final Pattern ASKED = Pattern.compile("objectClass=([A-Za-z0-9_.$]+)\\)");

  private Promises() {}

  /**
   * Those that a trial need not offer.
   *
   * @param offered before it, {@code INTERFACE BUNDLE} each
   * @param stated those of them that the manifests of what runs before it state
   * @param release bundles of the trial
   */
  static List<String> waived(
      List<String> offered, Collection<String> stated, List<ReleaseBundle> release) {
    Map<String, Set<String>> states =
        release.stream()
            .collect(
                Collectors.toMap(
                    ReleaseBundle::symbolicName,
                    bundle -> stated(bundle.headers().getOrDefault("Provide-Capability", "")),
                    (one, other) -> one));
    Set<String> asked = new TreeSet<>();
    release.forEach(bundle -> asked.addAll(asked(bundle)));
    return offered.stream()
        .filter(service -> stated.contains(service) && !isPromised(service, states, asked))
        .toList();
  }

  /** Interfaces that a {@code Provide-Capability} header says a bundle offers as services. */
  static Set<String> stated(String header) {
    Set<String> names = new TreeSet<>();
    Matcher found = OFFERED.matcher(header);
    while (found.find()) {
      String list = found.group(1) == null ? found.group(2) : found.group(1);
      for (String name : list.split(",")) {
        names.add(name.strip());
      }
    }
    return names;
  }

  private static Set<String> asked(ReleaseBundle bundle) {
    Set<String> names = new TreeSet<>();
    Matcher found = ASKED.matcher(bundle.headers().getOrDefault("Require-Capability", ""));
    while (found.find()) {
      names.add(found.group(1));
    }
    return names;
  }

  /** Where the release leaves the bundle out, whoever asks for its service must have another. */
  private static boolean isPromised(
      String service, Map<String, Set<String>> states, Set<String> asked) {
    int space = service.indexOf(' ');
    String name = service.substring(0, space);
    Set<String> ofBundle = states.get(service.substring(space + 1));
    if (name.startsWith(VENDORS)) {
      return true;
    }
    return ofBundle == null
        ? asked.contains(name) || states.values().stream().anyMatch(all -> all.contains(name))
        : ofBundle.contains(name);
  }
}
