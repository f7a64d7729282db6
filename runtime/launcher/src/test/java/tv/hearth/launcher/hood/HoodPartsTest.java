package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

class HoodPartsTest {
  @TempDir private Path folder;

  private static HoodSettings settings(int boxes) {
    List<Integer> ports = IntStream.range(0, HoodSettings.portsFor(boxes)).boxed().toList();
    return new HoodSettings(boxes, "", "open", "127.0.0.1", ports);
  }

  @Test
  void settingsComeBack() throws IOException {
    HoodSettings settings = settings(3);
    settings.write(folder);
    assertEquals(settings, HoodSettings.read(folder));
    HashSet<Integer> used = new HashSet<>(List.of(settings.brokerPort(), settings.enrolmentPort()));
    for (int box = 0; box <= 3; box++) {
      used.add(settings.transferPort(box));
      used.add(settings.gatewayPort(box));
      used.add(settings.epgPort(box));
    }
    assertEquals(new HashSet<>(settings.ports()), used, "each port has one use");
    assertEquals("mqtts://127.0.0.1:0", settings.brokerUrl());
    assertEquals(
        "mqtts://h:1",
        new HoodSettings(1, "mqtts://h:1", "open", "127.0.0.1", List.of(1)).brokerUrl());
  }

  @Test
  void anIpv6AddressIsInBracketsInEveryAddress() throws IOException {
    Hood hood = Hood.create(folder, 1, "", "open", "[::1]", new Installation(folder));
    String port = "[0-9]{5}";
    assertTrue(hood.headendUrl().matches("https://\\[::1]:" + port), hood.headendUrl());
    assertTrue(hood.brokerUrl().matches("mqtts://\\[::1]:" + port), hood.brokerUrl());
    assertTrue(hood.gateway(1).matches("http://\\[::1]:" + port + "/"), hood.gateway(1));
    assertEquals("::1", ConfigFile.read(hood.box(1).folder(), "tv.hearth.transfer").get("host"));
    assertEquals("::1", ConfigFile.read(hood.box(1).folder(), "tv.hearth.gateway").get("host"));
    assertEquals(URI.create(hood.gateway(1)).getHost(), "[::1]");
  }

  @Test
  void aFileOfBeforeHostsCouldBeChosenIsOnLoopback() throws IOException {
    Files.writeString(
        folder.resolve("hood.json"),
        "{\"boxes\":1,\"broker\":\"\",\"budget\":\"open\",\"ports\":[1,2,3,4,5,6,7,8]}");
    assertEquals("https://127.0.0.1:2", HoodSettings.read(folder).headendUrl());
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.77", "0.0.0.0", "not an address"})
  void anAddressThatIsNotOursIsRefused(String host) {
    LauncherException thrown =
        assertThrows(
            LauncherException.class,
            () -> Hood.create(folder, 1, "", "open", host, new Installation(folder)));
    assertTrue(thrown.getMessage().contains(host), thrown.getMessage());
    assertFalse(Hood.exists(folder), "nothing is left of it");
  }

  @Test
  void anInvitedBoxGetsWhatItNeedsAndASecretOfItsOwn() throws IOException {
    Hood hood = Hood.create(folder, 1, "", "open", new Installation(folder));
    for (String name : List.of("a", "b")) {
      Path out = folder.resolve(name);
      hood.invite(new ExternalBox(out, "/data/box", "127.0.0.9", 7001, "arm64", "pid-1"));
      Properties transfer = read(out, "transfer");
      assertEquals("127.0.0.9:7001", transfer.get("announce") + ":" + transfer.get("port"));
      assertEquals(hood.headendUrl(), read(out, "membership").get("enrolment"));
      assertEquals("/data/box/claim", read(out, "crypto").get("claim"));
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(out)));
    }
    String one = Files.readString(folder.resolve("a/claim"));
    assertNotEquals(one, Files.readString(folder.resolve("b/claim")));
  }

  private static Properties read(Path box, String name) throws IOException {
    return ConfigFile.read(box, "tv.hearth." + name);
  }

  /** As FileInstall reads it, which takes a file for ISO 8859-1. */
  @Test
  void aFolderMayHaveLettersOfAnyLanguage() throws IOException {
    String path = "/home/jürgen/水/x y=z:#!\\u";
    ConfigFile.write(folder, "tv.hearth.crypto", Map.of("anchor", path));
    byte[] written = Files.readAllBytes(folder.resolve("etc/tv.hearth.crypto.cfg"));
    for (byte each : written) {
      assertTrue(each > 0, "ASCII alone, which all encodings share");
    }
    Properties read = new Properties();
    read.load(new StringReader(new String(written, StandardCharsets.ISO_8859_1)));
    assertEquals(path, read.get("anchor"));
    ConfigFile.change(folder, "tv.hearth.crypto", "claim", "ü");
    assertEquals(path, ConfigFile.read(folder, "tv.hearth.crypto").get("anchor"));
    assertEquals("ü", ConfigFile.read(folder, "tv.hearth.crypto").get("claim"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "[]",
        "null",
        "{\"boxes\":2,\"broker\":\"\",\"budget\":\"open\",\"ports\":[1,2,3]}",
        "{\"boxes\":1,\"broker\":\"\",\"budget\":\"open\",\"ports\":[1,2,3,4,5,6,7,null]}"
      })
  void damagedSettingsAreNamedAsThat(String text) throws IOException {
    Files.writeString(folder.resolve("hood.json"), text);
    LauncherException thrown =
        assertThrows(LauncherException.class, () -> HoodSettings.read(folder));
    String begin = folder.resolve("hood.json") + " is damaged";
    assertTrue(thrown.getMessage().startsWith(begin), thrown.getMessage());
  }

  @Test
  void whatANewerLauncherSaysIsNotLookedAt() throws IOException {
    String text =
        "{\"boxes\":1,\"broker\":\"\",\"budget\":\"open\",\"ports\":[1,2,3,4,5,6,7,8],"
            + "\"colour\":{\"of\":\"doors\"}}";
    Files.writeString(folder.resolve("hood.json"), text);
    assertEquals(1, HoodSettings.read(folder).boxes());
  }

  @Test
  void portsAreFreeAndDifferent() throws IOException {
    List<Integer> ports = Ports.free("127.0.0.1", 50, new SplittableRandom(1));
    assertEquals(50, new HashSet<>(ports).size());
    assertTrue(ports.stream().allMatch(port -> port >= 20_000 && port < 32_000), "" + ports);
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertFalse(Ports.isFree("127.0.0.1", taken.getLocalPort()));
    }
    try (ServerSocket taken =
        new ServerSocket(ports.get(0), 1, InetAddress.getByName("127.0.0.1"))) {
      List<Integer> others = Ports.free("127.0.0.1", 50, new SplittableRandom(1));
      assertFalse(others.contains(taken.getLocalPort()));
    }
  }

  @Test
  void aMissingPartIsNamedWithItsRemedy() {
    LauncherException thrown =
        assertThrows(LauncherException.class, () -> new Installation(folder).boxBundles());
    assertEquals(
        "runtime/box/target/export/host is missing: build with ./mvnw package -DskipTests in "
            + folder,
        thrown.getMessage());
    assertTrue(
        assertThrows(LauncherException.class, Installation::own)
            .getMessage()
            .contains("runtime/hearth"));
  }

  @Test
  void boxesAreNumberedAndOthersRefused() throws IOException {
    settings(2).write(folder);
    Hood hood = Hood.open(folder, new Installation(folder));
    assertEquals(
        List.of("ingest", "box-1", "box-2", "headend", "broker"),
        hood.nodes().stream().map(Node::name).toList());
    LauncherException thrown = assertThrows(LauncherException.class, () -> hood.box(3));
    assertEquals("no box 3: there are 1…2", thrown.getMessage());
    assertThrows(LauncherException.class, () -> hood.box(-1));
  }

  @Test
  void treesAreDeletedAndLinksNotFollowed() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept"), "x");
    Path tree = Files.createDirectories(folder.resolve("tree/a/b"));
    Files.createSymbolicLink(tree.resolve("link"), folder);
    Hood.deleteTree(folder.resolve("tree"));
    assertFalse(Files.exists(folder.resolve("tree")));
    assertTrue(Files.exists(kept));
    Hood.deleteTree(folder.resolve("tree"));
  }

  @ParameterizedTest
  @CsvSource({
    "a film.mp4, a%20film.mp4",
    "a/b c/d, a/b%20c/d",
    "50%+1?#.ts, 50%25%2B1%3F%23.ts",
    "ü/水, %C3%BC/%E6%B0%B4"
  })
  void pathsAreEncodedPartByPart(String path, String encoded) {
    assertEquals(encoded, Gateway.encode(path));
    assertEquals("/" + path, URI.create("http://h/" + encoded).getPath());
  }

  @Test
  void aFullDiskIsToldOfWhereItIsWrittenTo() throws IOException {
    Path jar = Files.writeString(folder.resolve("a.jar"), "bytes");
    Path full = Files.createSymbolicLink(folder.resolve("full.jar"), Path.of("/dev/full"));
    IOException thrown = assertThrows(IOException.class, () -> Installation.copy(jar, full));
    assertTrue(FileProblem.words(thrown).startsWith(full + ": no space left"), thrown.toString());
    Installation.copy(jar, folder.resolve("b.jar"));
    assertEquals("bytes", Files.readString(folder.resolve("b.jar")));
  }
}
