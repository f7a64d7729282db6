package tv.hearth.launcher.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.time.Duration;
import java.time.InstantSource;
import tv.hearth.tuf.client.MetadataFetcher;
import tv.hearth.tuf.client.MetadataNotFoundException;

/** Files under a URL, by HTTP or HTTPS; every phase has its time limit. Thread-safe. */
public final class HttpSource implements MetadataFetcher {
  private static final int CONNECT = (int) Duration.ofSeconds(10).toMillis();
  private static final int IDLE = (int) Duration.ofSeconds(20).toMillis();

  private final String base;
  private final InstantSource clock;

  /**
   * Under that URL, with or without a slash at its end.
   *
   * @throws MalformedURLException where it is no http or https URL
   */
  public HttpSource(String base, InstantSource clock) throws MalformedURLException {
    this.base = base.endsWith("/") ? base : base + "/";
    this.clock = clock;
    url("");
  }

  @Override
  public InputStream open(String path) throws IOException {
    URLConnection connection = url(path).openConnection();
    connection.setConnectTimeout(CONNECT);
    connection.setReadTimeout(IDLE);
    HttpURLConnection http = (HttpURLConnection) connection;
    int status = http.getResponseCode();
    if (status == HttpURLConnection.HTTP_NOT_FOUND || status == HttpURLConnection.HTTP_FORBIDDEN) {
      http.disconnect();
      throw new MetadataNotFoundException(base + path);
    }
    if (status != HttpURLConnection.HTTP_OK) {
      http.disconnect();
      throw new IOException(base + path + ": the server answers " + status);
    }
    return new PacedInputStream(http.getInputStream(), clock);
  }

  private URL url(String path) throws MalformedURLException {
    try {
      URL url = new URI(base + path).toURL();
      if (!url.getProtocol().equals("http") && !url.getProtocol().equals("https")) {
        throw new MalformedURLException("'" + base + "' is no http or https URL");
      }
      return url;
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new MalformedURLException("'" + base + "' is no URL: " + e.getMessage());
    }
  }
}
