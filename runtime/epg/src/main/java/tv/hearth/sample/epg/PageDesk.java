package tv.hearth.sample.epg;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Answers the page: its files, where the gateway is, and what the player tells. */
final class PageDesk {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/epg.css", "epg.css",
          "/epg.js", "epg.js",
          "/player.js", "player.js");
  private static final Map<String, String> TYPES =
      Map.of("html", "text/html", "css", "text/css", "js", "text/javascript");

  private final Supplier<URI> gateway;
  private final Viewing viewing;
  private final LongSupplier nanos;

  /** {@code gateway} gives null where there is none. */
  PageDesk(Supplier<URI> gateway, Viewing viewing, LongSupplier nanos) {
    this.gateway = gateway;
    this.viewing = viewing;
    this.nanos = nanos;
  }

  /** The answer to a head; null: it was none. */
  PageAnswer answer(PageRequest request) throws IOException {
    if (request == null) {
      return PageAnswer.bare(400);
    }
    if (!isOwn(request.fields())) {
      return PageAnswer.bare(403);
    }
    if (request.path().equals("/playing")) {
      return playing(request);
    }
    if (!request.method().equals("GET")) {
      return PageAnswer.allowed("GET");
    }
    if (request.path().equals("/gateway")) {
      URI base = gateway.get();
      return text(base == null ? "" : base.toString());
    }
    String file = FILES.get(request.path());
    return file == null ? PageAnswer.bare(404) : file(file);
  }

  /** Only the page itself, at this address, speaks with its server. */
  private static boolean isOwn(Map<String, String> fields) {
    String host = fields.get("host");
    String origin = fields.get("origin");
    boolean here = host != null && host.matches("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?");
    return here && (origin == null || origin.equals("http://" + host));
  }

  private PageAnswer playing(PageRequest request) {
    if (!request.method().equals("POST")) {
      return PageAnswer.allowed("POST");
    }
    String query = request.query();
    boolean known = query != null && query.matches("\\d{1,5}");
    viewing.playing(known ? Integer.parseInt(query) : -1, nanos.getAsLong());
    return PageAnswer.bare(204);
  }

  private static PageAnswer text(String text) {
    return PageAnswer.of("text/plain", text.getBytes(StandardCharsets.UTF_8));
  }

  private static PageAnswer file(String name) throws IOException {
    try (InputStream in = PageDesk.class.getResourceAsStream("/epg/" + name)) {
      String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
      return PageAnswer.of(type, in.readAllBytes());
    }
  }
}
