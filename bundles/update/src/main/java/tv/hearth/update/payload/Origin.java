package tv.hearth.update.payload;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import tv.hearth.support.net.Addresses;
import tv.hearth.support.net.Deadline;

/**
 * A repository's web server, by HTTPS with the credential that the enrolment listener takes; only
 * the operator's root is trusted. Every answer is bounded in time as a whole, so that a server that
 * gives a byte a second is cut. Where several addresses stand behind the server's name, the first
 * that answers is asked, then the next, until one gives the bytes; the one that was well the last
 * time is tried first, the others a quarter of a second apart. Thread-safe.
 */
public final class Origin implements AutoCloseable {
  private static final String HEADEND = "urn:hearth:headend:";
  private static final int URI_NAME = 6;
  private static final int HTTPS_PORT = 443;
  private static final int CONNECT_MILLIS = 10_000;
  private static final long LEAST_RATE = 8 << 10;

  private final Tls tls;
  private final ScheduledExecutorService timer;
  private final int wholeMillis;
  private final int connectMillis;
  private final Addresses addresses;
  private final Set<Deadline> live = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /** Gives TLS as this box. */
  @FunctionalInterface
  public interface Tls {
    /** Throws IOException where the box has no certificate yet. */
    SSLContext get() throws IOException;
  }

  /**
   * With a timer that runs while calls block.
   *
   * @param wholeMillis for an answer without its body's share, which comes at 8 KiB/s at least
   */
  public Origin(Tls tls, ScheduledExecutorService timer, int wholeMillis) {
    this(tls, timer, wholeMillis, CONNECT_MILLIS, new Addresses());
  }

  /** With what finds the addresses behind names, and the time for connecting to each. */
  Origin(
      Tls tls,
      ScheduledExecutorService timer,
      int wholeMillis,
      int connectMillis,
      Addresses addresses) {
    this.tls = tls;
    this.connectMillis = connectMillis;
    this.addresses = addresses;
    this.timer = timer;
    this.wholeMillis = wholeMillis;
  }

  /**
   * Reads a file.
   *
   * @param most bytes that are read; by them its time is bounded, too
   * @return all of it, or its first {@code most} bytes
   * @throws FileNotFoundException where the server says 404
   * @throws IOException where the answer ended before the length that it had told, too
   */
  public byte[] whole(URI uri, int most) throws IOException {
    return ofAny(
        uri,
        most,
        exchange -> {
          exchange.begin("");
          byte[] bytes = exchange.body().readNBytes(most);
          long told = exchange.length();
          if (bytes.length < Math.min(told, most)) {
            throw new IOException(uri + " ended after " + bytes.length + " of " + told + " bytes");
          }
          return bytes;
        });
  }

  /**
   * Reads a range.
   *
   * @return exactly {@code length} bytes from {@code from} on
   */
  public byte[] read(URI uri, long from, int length) throws IOException {
    return ofAny(
        uri,
        length,
        exchange -> {
          exchange.begin("bytes=" + from + "-" + (from + length - 1));
          InputStream body = exchange.body();
          if (exchange.status() == 200) {
            body.skipNBytes(from); // a server that knows no ranges
          }
          byte[] bytes = body.readNBytes(length);
          if (bytes.length != length) {
            throw new IOException(
                uri + " ended after " + bytes.length + " of " + length + " bytes");
          }
          return bytes;
        });
  }

  /** Takes the bytes out of an answer. */
  @FunctionalInterface
  private interface Reading {
    byte[] of(Exchange exchange) throws IOException;
  }

  /** By the first address whose server gives the bytes; that a file is not there is an answer. */
  private byte[] ofAny(URI uri, long expected, Reading reading) throws IOException {
    List<InetAddress> left = new ArrayList<>(addresses.behind(uri.getHost()));
    while (true) {
      Exchange exchange = new Exchange(uri, expected);
      try (exchange) {
        byte[] bytes = exchange.take(left, reading);
        exchange.reached().ifPresent(addresses::wasGood);
        return bytes;
      } catch (FileNotFoundException e) {
        exchange.reached().ifPresent(addresses::wasGood);
        throw e;
      } catch (IOException e) {
        exchange.reached().ifPresent(left::remove);
        if (exchange.reached().isEmpty() || left.isEmpty() || closed) {
          throw e;
        }
      }
    }
  }

  /** Cuts what is under way; what is asked after that is refused by the timer that has ended. */
  @Override
  public void close() {
    closed = true;
    live.forEach(Deadline::expire);
  }

  /** One request and its answer. */
  private final class Exchange implements AutoCloseable {
    private final URI uri;
    private final Deadline deadline;
    private final HttpsURLConnection connection;
    private InetAddress reached;
    private int status;

    Exchange(URI uri, long expected) throws IOException {
      this.uri = uri;
      long millis = wholeMillis + expected * 1000 / LEAST_RATE;
      this.deadline = new Deadline(tls.get().getSocketFactory(), timer, millis);
      live.add(deadline);
      this.connection = (HttpsURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setSSLSocketFactory(deadline);
      connection.setHostnameVerifier((host, session) -> isHeadend(session));
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout(connectMillis);
      connection.setReadTimeout(wholeMillis);
      connection.setRequestProperty("Connection", "close");
    }

    /** Of the first of those addresses that answers. */
    byte[] take(List<InetAddress> order, Reading reading) throws IOException {
      try {
        int port = uri.getPort() < 0 ? HTTPS_PORT : uri.getPort();
        reached = deadline.dial(order, port, connectMillis);
        return reading.of(this);
      } catch (IOException | RuntimeException e) {
        throw why(e);
      }
    }

    void begin(String range) throws IOException {
      if (!range.isEmpty()) {
        connection.setRequestProperty("Range", range);
      }
      status = connection.getResponseCode();
      if (status == 404) {
        throw new FileNotFoundException(uri + " is not there");
      }
      if (status != 200 && (status != 206 || range.isEmpty())) {
        throw new IOException(uri + " answered " + status);
      }
      String told = connection.getHeaderField("Content-Range");
      boolean isOther =
          status == 206
              && (told == null || !told.startsWith("bytes " + range.substring("bytes=".length())));
      if (isOther) {
        throw new IOException(uri + " gave another range than was asked for: " + told);
      }
    }

    /** The address that answered; empty where none did. */
    Optional<InetAddress> reached() {
      return Optional.ofNullable(reached);
    }

    int status() {
      return status;
    }

    InputStream body() throws IOException {
      return connection.getInputStream();
    }

    /** As the server told it; below 0 where it did not. */
    long length() {
      return connection.getContentLengthLong();
    }

    private IOException why(Exception e) {
      if (deadline.isOver()) {
        return new IOException(uri + " was cut: it was too slow, or this box stops", e);
      }
      return e instanceof IOException io ? io : new IOException(uri + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
      live.remove(deadline);
      deadline.close();
      connection.disconnect();
    }
  }

  /** Asked where the host's name is not in the certificate: a headend may have moved. */
  private static boolean isHeadend(SSLSession session) {
    try {
      X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
      if (leaf.getSubjectAlternativeNames() == null) {
        return false;
      }
      for (List<?> name : leaf.getSubjectAlternativeNames()) {
        if (Integer.valueOf(URI_NAME).equals(name.get(0))
            && name.get(1).toString().startsWith(HEADEND)) {
          return true;
        }
      }
      return false;
    } catch (SSLPeerUnverifiedException | CertificateParsingException e) {
      return false; // then it is nobody's
    }
  }
}
