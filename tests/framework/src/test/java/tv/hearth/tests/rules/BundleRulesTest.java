package tv.hearth.tests.rules;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a bundle of ours may import, export and hold, read from the jars that ship. */
class BundleRulesTest {
  private static final Map<String, String> LIBRARIES =
      Map.of(
          "org.bouncycastle", "bouncycastle",
          "org.sqlite", "sqlite",
          "tv.hearth.lib.sqlite", "sqlite",
          "io.netty", "netty",
          "org.eclipse.paho", "paho");

  /** The design's table: who may use which library. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.of(
          "tv.hearth.crypto", Set.of("bouncycastle"),
          "tv.hearth.storage", Set.of("sqlite"),
          "tv.hearth.transfer", Set.of("netty"),
          "tv.hearth.gateway", Set.of("netty"),
          "tv.hearth.mqtt", Set.of("paho"),
          "tv.hearth.headend-registry", Set.of("bouncycastle", "sqlite", "netty"),
          "tv.hearth.headend-campaign", Set.of("sqlite", "netty"));

  /** Must work where nothing else does, so it is started by the framework alone. */
  private static final String ANCHOR = "tv.hearth.anchor";

  private static final List<String> PLATFORM = List.of("org.osgi.", "javax.");

  /** Of the JDK too, but not of every box's: for what stands beside our bundles, never in them. */
  private static final String JDK_HTTP = "com.sun.net.httpserver";

  private static final List<String> CONTRACTS = List.of("tv.hearth.api.", "tv.hearth.vendor.");

  static Stream<BundleJar> providers() {
    return BundleJar.shipped().stream().filter(BundleJar::isProvider);
  }

  static Stream<BundleJar> libraries() {
    return BundleJar.shipped().stream().filter(BundleJar::isLibrary);
  }

  static Stream<BundleJar> apis() {
    return BundleJar.shipped().stream().filter(BundleJar::isApi);
  }

  @Test
  void theSetsAreWhole() {
    assertTrue(providers().count() >= 12, () -> "providers: " + providers().toList());
    assertEquals(4, libraries().count(), () -> "libraries: " + libraries().toList());
    assertEquals(2, apis().count(), () -> "APIs: " + apis().toList());
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aProviderExportsNothingAndBringsNoActivator(BundleJar bundle) {
    for (String header :
        List.of(
            "Export-Package",
            "Bundle-Activator",
            "DynamicImport-Package",
            "Require-Bundle",
            "Fragment-Host",
            "Bundle-ClassPath")) {
      boolean mayHave = bundle.name().equals(ANCHOR) && header.equals("Bundle-Activator");
      assertFalse(!mayHave && bundle.has(header), () -> bundle + " has " + header);
    }
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aProviderImportsContractsAndItsOwnLibrariesAlone(BundleJar bundle) {
    assertAll(
        bundle.header("Import-Package").keySet().stream()
            .map(p -> () -> assertTrue(mayImport(bundle, p), bundle + " imports " + p)));
  }

  @ParameterizedTest
  @MethodSource("providers")
  void anImportOfALibraryNamesOurCopy(BundleJar bundle) {
    bundle
        .header("Import-Package")
        .forEach(
            (name, attributes) -> {
              if (libraryOf(name) != null) {
                assertEquals("lib", attributes.get("hearth"), () -> bundle + " imports " + name);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aProviderHoldsItsOwnClassesAlone(BundleJar bundle) {
    List<String> foreign =
        bundle.entries().stream()
            .filter(e -> e.endsWith(".class") && !e.startsWith("tv/hearth/"))
            .toList();
    assertEquals(List.of(), foreign, () -> bundle + " embeds classes of others");
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryIsInvisibleToOthers(BundleJar bundle) {
    assertTrue(bundle.has("Export-Package"), () -> bundle + " exports nothing");
    bundle
        .header("Export-Package")
        .forEach(
            (name, attributes) -> {
              assertEquals("lib", attributes.get("hearth"), () -> bundle + " exports " + name);
              assertEquals("hearth", attributes.get("mandatory:"), () -> name + " is open to all");
            });
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aLibraryExportsWhatOursUseAlone(BundleJar bundle) {
    Set<String> used =
        providers()
            .flatMap(b -> b.header("Import-Package").keySet().stream())
            .collect(Collectors.toSet());
    List<String> unused =
        bundle.header("Export-Package").keySet().stream().filter(p -> !used.contains(p)).toList();
    assertEquals(List.of(), unused, () -> bundle + " exports what nobody imports");
  }

  @ParameterizedTest
  @MethodSource("apis")
  void anApiHasNoComponentAndNoThirdParty(BundleJar bundle) {
    assertFalse(bundle.has("Service-Component"), () -> bundle + " has a component");
    for (String name : bundle.header("Import-Package").keySet()) {
      assertTrue(startsWithAny(name, PLATFORM) || startsWithAny(name, CONTRACTS), name);
    }
  }

  @Test
  void theSampleEpgKnowsTheVendorsContractAlone() {
    BundleJar epg =
        providers().filter(b -> b.name().equals("tv.hearth.runtime.epg")).findAny().orElseThrow();
    for (String name : epg.header("Import-Package").keySet()) {
      assertFalse(name.startsWith("tv.hearth.api."), () -> "the sample EPG imports " + name);
    }
  }

  private static boolean mayImport(BundleJar bundle, String name) {
    String library = libraryOf(name);
    if (name.equals(JDK_HTTP)) {
      return bundle.name().startsWith("tv.hearth.runtime.");
    }
    return library == null
        ? startsWithAny(name, PLATFORM) || startsWithAny(name, CONTRACTS)
        : MAY_USE.getOrDefault(bundle.name(), Set.of()).contains(library);
  }

  private static String libraryOf(String name) {
    return LIBRARIES.entrySet().stream()
        .filter(e -> name.equals(e.getKey()) || name.startsWith(e.getKey() + "."))
        .map(Map.Entry::getValue)
        .findAny()
        .orElse(null);
  }

  private static boolean startsWithAny(String name, List<String> prefixes) {
    return prefixes.stream().anyMatch(name::startsWith);
  }
}
