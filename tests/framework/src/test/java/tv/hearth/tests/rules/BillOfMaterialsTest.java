package tv.hearth.tests.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials names what is on the box, and nothing else. */
class BillOfMaterialsTest {
  private static final Path BOX = Path.of("../../runtime/box/target");
  private static final Pattern COMPONENT =
      Pattern.compile("\"group\" : \"([^\"]+)\",\\s+\"name\" : \"([^\"]+)\",\\s+\"version\" : ");

  /** What our library bundles are made of, and a folder of it that lies in them. */
  private static final Map<String, String> INSIDE =
      Map.ofEntries(
          Map.entry("bcprov-jdk18on", "org/bouncycastle/crypto/"),
          Map.entry("bcpkix-jdk18on", "org/bouncycastle/cert/"),
          Map.entry("bcutil-jdk18on", "org/bouncycastle/asn1/"),
          Map.entry("sqlite-jdbc", "org/sqlite/"),
          Map.entry("netty-buffer", "io/netty/buffer/"),
          Map.entry("netty-common", "io/netty/util/"),
          Map.entry("netty-handler", "io/netty/handler/ssl/"),
          Map.entry("netty-resolver", "io/netty/resolver/"),
          Map.entry("netty-transport", "io/netty/channel/"),
          Map.entry("netty-transport-native-unix-common", "io/netty/channel/unix/"),
          Map.entry("netty-codec-base", "io/netty/handler/codec/"),
          Map.entry("netty-codec-http", "io/netty/handler/codec/http/"),
          Map.entry("org.eclipse.paho.mqttv5.client", "org/eclipse/paho/mqttv5/client/"));

  @Test
  void namesEachBundleAndEachLibraryInside() throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher component = COMPONENT.matcher(Files.readString(BOX.resolve("hearth-box-sbom.json")));
    while (component.find()) {
      boolean itself = component.group(2).equals("tv.hearth.runtime.box");
      if (!itself && !component.group(1).equals("org.cyclonedx")) {
        named.add(component.group(2));
      }
    }
    Set<String> there = new TreeSet<>(INSIDE.keySet());
    Set<String> entries = new TreeSet<>();
    for (Path jar : jars()) {
      there.add(jar.getFileName().toString().replaceAll("-[0-9].*", ""));
      try (JarFile file = new JarFile(jar.toFile())) {
        file.stream().forEach(entry -> entries.add(entry.getName()));
      }
    }
    assertEquals(there, named);
    INSIDE.forEach(
        (library, folder) ->
            assertTrue(
                entries.stream().anyMatch(entry -> entry.startsWith(folder)),
                () -> library + " is named, and no bundle has " + folder));
  }

  private static Set<Path> jars() throws IOException {
    try (Stream<Path> all = Files.list(BOX.resolve("export/box"))) {
      return all.filter(file -> file.toString().endsWith(".jar")).collect(Collectors.toSet());
    }
  }
}
