package tv.hearth.headend.registry.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.KeyFiles;

/** The repository by a real client over TLS. */
class RepositoryPagesTest {
  @TempDir Path temp;
  private final byte[] payload = new byte[700_001];
  private OperatorKeys operator;
  private RepositoryPages pages;
  private Listener listener;
  private SSLContext tls;

  @BeforeEach
  void start() throws IOException {
    new SplittableRandom(5).nextBytes(payload);
    Path folder = temp.resolve("repository");
    for (String name : List.of("metadata", "targets/bundle/x", "staged")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.write(folder.resolve("targets/bundle/x/abc.1.0.0.jar"), payload);
    Files.writeString(folder.resolve("metadata/1.root.json"), "{}");
    Files.writeString(folder.resolve("metadata/.hidden.json"), "secret");
    Files.writeString(folder.resolve("staged/2.targets.json"), "secret");
    Files.writeString(temp.resolve("secret"), "secret");
    Files.createSymbolicLink(folder.resolve("targets/out"), temp.resolve("secret"));
    operator =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    tls = operator.operatorTls();
    Credentials credentials = Credentials.read(operator.headendCredentials());
    ListenerTls server =
        new ListenerTls(
            credentials,
            new CertificateDesk(credentials, new SecureRandom()),
            List.of("127.0.0.1"),
            Clock.systemUTC(),
            new SecureRandom());
    pages = new RepositoryPages(folder);
    listener = new Listener("127.0.0.1", 0, Limits.DEFAULT, server, new Served());
  }

  private final class Served implements Pages {
    @Override
    public Response answer(Request request) throws RefusedException, IOException {
      return pages.answer(request);
    }

    @Override
    public void sent(long bytes) {
      pages.count(bytes);
    }
  }

  @AfterEach
  void close() {
    listener.close();
  }

  private HttpsURLConnection ask(String method, String path, String range) throws IOException {
    URI uri = URI.create("https://127.0.0.1:" + listener.port() + "/v1/repository/" + path);
    HttpsURLConnection connection = (HttpsURLConnection) uri.toURL().openConnection();
    connection.setSSLSocketFactory(tls.getSocketFactory());
    connection.setRequestMethod(method);
    if (!range.isEmpty()) {
      connection.setRequestProperty("Range", range);
    }
    return connection;
  }

  private static byte[] body(HttpsURLConnection connection) throws IOException {
    try (InputStream in = connection.getInputStream()) {
      return in.readAllBytes();
    }
  }

  private int status(String path) throws IOException {
    return ask("GET", path, "").getResponseCode();
  }

  @Test
  void filesComeWholeAndInRanges() throws IOException {
    String jar = "targets/bundle/x/abc.1.0.0.jar";
    assertArrayEquals(payload, body(ask("GET", jar, "")));
    HttpsURLConnection part = ask("GET", jar, "bytes=262144-524287");
    assertEquals(206, part.getResponseCode());
    assertEquals("bytes 262144-524287/700001", part.getHeaderField("Content-Range"));
    assertArrayEquals(Arrays.copyOfRange(payload, 262_144, 524_288), body(part));
    assertArrayEquals(
        Arrays.copyOfRange(payload, 700_000, 700_001), body(ask("GET", jar, "bytes=700000-")));
    assertEquals(700_001 + 262_144 + 1, pages.sent());
    assertEquals(
        "{}", new String(body(ask("GET", "metadata/1.root.json", "")), StandardCharsets.UTF_8));
  }

  @Test
  void aHeadHasNoBody() throws IOException {
    HttpsURLConnection head = ask("HEAD", "targets/bundle/x/abc.1.0.0.jar", "");
    assertEquals(200, head.getResponseCode());
    assertEquals(700_001, head.getContentLength());
    assertEquals(0, pages.sent());
  }

  @Test
  void aRangeBeyondTheEndIsRefused() throws IOException {
    for (String range : List.of("bytes=700001-", "bytes=9-8", "bytes=999999999999999999-")) {
      assertEquals(
          416, ask("GET", "targets/bundle/x/abc.1.0.0.jar", range).getResponseCode(), range);
    }
  }

  @Test
  void nothingElseIsServed() throws IOException {
    for (String path :
        List.of(
            "staged/2.targets.json",
            "metadata/.hidden.json",
            "metadata/../staged/2.targets.json",
            "metadata/%2e%2e/staged/2.targets.json",
            "targets/out",
            "targets/bundle",
            "targets//bundle/x/abc.1.0.0.jar",
            "secret",
            "")) {
      assertEquals(404, status(path), path);
    }
    assertEquals(405, ask("DELETE", "metadata/1.root.json", "").getResponseCode());
    assertEquals(0, pages.sent());
  }

  @Test
  void whoShowsNoCertificateGetsNothing() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("root", KeyFiles.chain(operator.anchor()).get(0));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    assertEquals(403, status("metadata/1.root.json"));
  }

  @Test
  void theHeadendsBundlesReadWhatIsPublishedAndNothingElse() throws IOException {
    assertArrayEquals(
        "{}".getBytes(StandardCharsets.UTF_8), pages.read("metadata/1.root.json", 2).orElseThrow());
    assertThrows(IOException.class, () -> pages.read("metadata/1.root.json", 1));
    for (String name :
        List.of("metadata/2.root.json", "staged/2.targets.json", "targets/out", "../secret")) {
      assertTrue(pages.read(name, 100).isEmpty(), name);
    }
    assertTrue(new RepositoryPages(null).read("metadata/1.root.json", 100).isEmpty());
  }
}
