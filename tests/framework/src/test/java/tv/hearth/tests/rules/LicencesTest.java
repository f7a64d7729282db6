package tv.hearth.tests.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bundle carries its licence, and a library its own and its notices, not ours. */
class LicencesTest {
  private static final String OURS = "META-INF/LICENSE";

  /** By library: entries, and words that no other licence or notice has. */
  private static final Map<String, Map<String, String>> TEXTS =
      Map.of(
          "tv.hearth.lib.bouncycastle",
          Map.of("META-INF/LICENSE.md", "The Legion of the Bouncy Castle"),
          "tv.hearth.lib.netty",
          Map.of(
              "META-INF/LICENSE.txt", "Apache License",
              "META-INF/NOTICE.txt", "The Netty Project",
              "META-INF/license/LICENSE.base64.txt", "public domain",
              "META-INF/license/LICENSE.jsr166y.txt", "public domain",
              "META-INF/license/LICENSE.slf4j.txt", "QOS.ch",
              "META-INF/license/NOTICE.harmony.txt", "Apache Harmony"),
          "tv.hearth.lib.paho",
          Map.of(
              "META-INF/LICENSE", "dual-licensing",
              "META-INF/NOTICE", "# Notices for Paho",
              "META-INF/epl-v20", "Eclipse Public License - v 2.0",
              "META-INF/edl-v10", "Eclipse Distribution License - v 1.0",
              "about.html", "About This Content"),
          "tv.hearth.lib.sqlite",
          Map.of(
              "META-INF/LICENSE", "Apache License",
              "META-INF/LICENSE.zentus", "David Crawshaw"));

  private static final Map<String, Set<String>> HEADERS =
      Map.of(
          "tv.hearth.lib.bouncycastle", Set.of("MIT"),
          "tv.hearth.lib.netty", Set.of("Apache-2.0"),
          "tv.hearth.lib.paho", Set.of("EPL-2.0", "BSD-3-Clause"),
          "tv.hearth.lib.sqlite", Set.of("Apache-2.0", "BSD-2-Clause"));

  static Stream<BundleJar> libraries() {
    return BundleJar.shipped().stream().filter(BundleJar::isLibrary);
  }

  static Stream<BundleJar> ours() {
    return BundleJar.shipped().stream().filter(bundle -> !bundle.isLibrary());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryCarriesItsOwnLicenceAndNotices(BundleJar bundle) {
    Map<String, String> texts = TEXTS.getOrDefault(bundle.name(), Map.of());
    assertTrue(!texts.isEmpty(), () -> "no licence is known of the new library " + bundle);
    assertAll(
        texts.entrySet().stream()
            .map(
                each ->
                    () ->
                        assertTrue(
                            bundle.text(each.getKey()).contains(each.getValue()),
                            bundle + " lacks " + each.getKey() + " with " + each.getValue())));
    assertEquals(HEADERS.get(bundle.name()), bundle.header("Bundle-License").keySet());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void whatALibraryLicensesIsNothingElse(BundleJar bundle) {
    List<String> unknown =
        bundle.entries().stream()
            .filter(entry -> entry.matches("(?i)META-INF/(.*/)?(LICEN[CS]E|NOTICE)[^/]*"))
            .filter(entry -> !TEXTS.get(bundle.name()).containsKey(entry))
            .toList();
    assertEquals(List.of(), unknown, bundle::name);
  }

  @ParameterizedTest
  @MethodSource("ours")
  void oursCarriesOurs(BundleJar bundle) throws IOException {
    assertEquals(Files.readString(Path.of("../../LICENSE")), bundle.text(OURS), bundle::name);
    assertEquals(Set.of("Apache-2.0"), bundle.header("Bundle-License").keySet(), bundle::name);
  }
}
