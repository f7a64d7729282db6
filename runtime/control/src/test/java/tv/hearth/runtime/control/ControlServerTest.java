package tv.hearth.runtime.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;

/** Over a real socket on loopback. */
@Timeout(300)
class ControlServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Services services = new Services();
  @TempDir private Path folder;
  private ControlServer server;
  private int port;
  private String token;

  @BeforeEach
  void start() throws IOException {
    server = new ControlServer(services, new BundleCommands(context()), 0, file());
    Matcher address =
        Pattern.compile(
                "\\{\"host\":\"127.0.0.1\",\"port\":(\\d+),\"authorization\":\"(Bearer [0-9a-f]{48})\",\"pid\":\\d+}")
            .matcher(Files.readString(file()));
    assertTrue(address.matches());
    port = Integer.parseInt(address.group(1));
    token = address.group(2);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Path file() {
    return folder.resolve("control.json");
  }

  /** An object whose methods answer as told. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Object answer = answers.get(method.getName());
              if (answer instanceof Throwable) {
                throw (Throwable) answer;
              }
              return answer;
            });
    return type.cast(proxy);
  }

  private static BundleContext context() {
    Bundle ours =
        answering(
            Bundle.class,
            Map.of("getSymbolicName", "tv.hearth.storage", "getState", Bundle.ACTIVE));
    Bundle other =
        answering(Bundle.class, Map.of("getSymbolicName", "org.other", "getState", Bundle.ACTIVE));
    return answering(BundleContext.class, Map.of("getBundles", new Bundle[] {ours, other}));
  }

  private HttpResponse<String> send(String path, String authorization) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String ask(String path) throws Exception {
    HttpResponse<String> response = send(path, token);
    assertEquals(200, response.statusCode());
    return response.body();
  }

  private static String problem(String name, String message) {
    return "{\"problem\":\"" + name + "\",\"message\":\"" + message + "\"}\n";
  }

  @Test
  void nothingWithoutTheToken() throws Exception {
    String flipped = token.substring(0, token.length() - 1) + (token.endsWith("0") ? "1" : "0");
    for (String wrong :
        new String[] {null, "", "Bearer", flipped, token + "0", token.substring(7)}) {
      HttpResponse<String> response = send("/status", wrong);
      assertEquals(401, response.statusCode(), "with " + wrong);
      assertEquals("", response.body());
    }
  }

  @Test
  void theAddressIsForItsOwnerAloneAndTheTokenFresh() throws Exception {
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    Path second = folder.resolve("second.json");
    new ControlServer(services, new BundleCommands(context()), 0, second).close();
    assertNotEquals(token, Files.readString(second).replaceAll(".*(Bearer [0-9a-f]+).*", "$1"));
  }

  @Test
  void problemsAreJson() throws Exception {
    assertEquals(problem("BAD_REQUEST", "no such command: /fly"), ask("/fly"));
    assertEquals(problem("BAD_REQUEST", "parameter 'bundle' is missing"), ask("/restart"));
    assertEquals(
        problem("BAD_REQUEST", "no bundle of ours is called org.other"),
        ask("/restart?bundle=org.other"));
    assertEquals(
        problem("BAD_REQUEST", "no such shelf: x; catalogue or household"),
        listed("/list?shelf=x"));
    assertTrue(ask("/restart?bundle=%25zz").startsWith("{\"problem\":\"BAD_REQUEST\""));
    assertTrue(
        ask("/put?name=x&path=/no/such/file").startsWith("{\"problem\":\"SOURCE\",\"message\":"));
  }

  private String listed(String path) throws Exception {
    services.objects.open(answering(ObjectStore.class, Map.of()));
    return ask(path);
  }

  @Test
  void aFailureInsideIsAProblemAndTheListenerLives() throws Exception {
    services.objects.open(
        answering(ObjectStore.class, Map.of("sources", new IllegalStateException("broken"))));
    assertEquals(problem("INTERNAL", "java.lang.IllegalStateException: broken"), ask("/sources"));
    services.objects.open(answering(ObjectStore.class, Map.of("sources", Map.of("box", 5L))));
    assertEquals("{\"box\":5}\n", ask("/sources"));
  }

  @Test
  void bundlesAndStatusAreShown() throws Exception {
    assertEquals("{\"tv.hearth.storage\":true}\n", ask("/bundles"));
    String status = ask("/status");
    assertTrue(status.contains("\"broker\":false,\"reads\":false,\"gateway\":null"), status);
  }

  /** As another user of this machine can, who has no token. */
  @Test
  void halfRequestsHoldNobodyUp() throws Exception {
    List<Socket> half = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * ControlDoor.MOST_WAITING; i++) {
        Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port);
        half.add(socket);
        socket.getOutputStream().write("GET /status HTTP/1.1\r\nHost: x".getBytes());
        if (i % ControlDoor.MOST_WAITING == 5) {
          assertEquals("{\"tv.hearth.storage\":true}\n", ask("/bundles"));
        }
      }
      assertEquals("{\"tv.hearth.storage\":true}\n", ask("/bundles"));
      half.get(0).setSoTimeout(10_000);
      assertEquals(-1, half.get(0).getInputStream().read(), "the oldest had to go");
    } finally {
      for (Socket socket : half) {
        socket.close();
      }
    }
  }

  @Test
  void aHeadThatIsNoneIsRefused() throws Exception {
    for (String line : List.of("GET", "GET status HTTP/1.1", "GET /a b HTTP/1.1", "GET / SSH/2")) {
      try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
        String head = line + "\r\nauthorization:" + token + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes());
        String answer = new String(socket.getInputStream().readAllBytes());
        assertTrue(answer.startsWith("HTTP/1.1 400 "), line + ": " + answer);
      }
    }
  }

  /** The store's own thread must neither wait for whoever looks on, nor end by him. */
  @Test
  void aPutWhoseCallerLeftEndsAtItsNextByte() throws Exception {
    Path file = Files.write(folder.resolve("film"), new byte[10]);
    CompletableFuture<Throwable> ended = new CompletableFuture<>();
    services.objects.open(
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (self, method, arguments) -> {
                  PutRequest request = (PutRequest) arguments[0];
                  try {
                    while (true) {
                      request.progress().accept(1);
                      request.source().read(0, ByteBuffer.allocate(1));
                    }
                  } catch (Throwable e) {
                    ended.complete(e);
                    throw new ObjectFailure(ObjectFailure.Problem.SOURCE, e.getMessage());
                  }
                }));
    try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port)) {
      String head = "GET /put?name=x&path=" + file + " HTTP/1.1\r\nAuthorization: " + token;
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes());
      BufferedReader lines = new BufferedReader(new InputStreamReader(socket.getInputStream()));
      String line = lines.readLine();
      while (!line.startsWith("{")) {
        line = lines.readLine();
      }
      assertEquals("{\"safe\":1,\"read\":1}", line);
    }
    assertEquals("whoever asked for the put went away", ended.get().getMessage());
    assertEquals("{\"tv.hearth.storage\":true}\n", ask("/bundles"));
  }

  @Test
  void problemsOfFilesNameNoClass() throws Exception {
    listed("/bundles");
    assertEquals(
        problem("SOURCE", "/no/such/file: no such file or folder"),
        ask("/look?path=/no/such/file"));
    Files.createDirectories(folder.resolve("films/empty"));
    Files.writeString(folder.resolve("films/a"), "abc");
    assertEquals(
        "{\"length\":3,\"files\":1,\"leftOut\":[{\"path\":\"empty\",\"what\":\"empty folder\"}]}\n",
        ask("/look?path=" + folder.resolve("films")));
  }

  @Test
  void closingFreesThePort() {
    server.close();
    assertThrows(
        ConnectException.class, () -> new Socket(InetAddress.getByName("127.0.0.1"), port).close());
  }

  @Test
  void aPortInUseIsNamedWithItsRemedy() {
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> new ControlServer(services, new BundleCommands(context()), port, file()));
    assertEquals(
        "port " + port + " is in use: set 'port' of tv.hearth.runtime.control to another",
        thrown.getMessage());
  }

  /** A listener that nobody can find must not stay. */
  @Test
  void anAddressThatCannotBeWrittenLeavesNoListener() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      free = socket.getLocalPort();
    }
    Path gone = folder.resolve("gone/control.json");
    IOException thrown =
        assertThrows(
            IOException.class,
            () -> new ControlServer(services, new BundleCommands(context()), free, gone));
    assertTrue(thrown.getMessage().startsWith("can't write " + gone), thrown.getMessage());
    assertThrows(
        ConnectException.class, () -> new Socket(InetAddress.getByName("127.0.0.1"), free).close());
  }
}
