package tv.hearth.membership.enrol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import tv.hearth.support.net.Addresses;
import tv.hearth.support.net.Deadline;
import tv.hearth.support.net.HostPort;
import tv.hearth.support.record.EnrolAnswer;

/** One exchange at a time with the enrolment listener, bounded in time and bytes. */
public final class EnrolmentClient {
  private static final String HEADEND = "urn:hearth:headend:";
  private static final int URI = 6;
  private static final int MOST_REASON = 512;
  private final ScheduledExecutorService timer;
  private final Duration whole;
  private final Addresses addresses = new Addresses();
  private final AtomicReference<Deadline> present = new AtomicReference<>();

  /**
   * With a timer that runs while calls block.
   *
   * @param whole from connecting to the answer's last byte
   */
  public EnrolmentClient(ScheduledExecutorService timer, Duration whole) {
    this.timer = timer;
    this.whole = whole;
  }

  /**
   * Posts a request, after the server has shown a certificate of a headend.
   *
   * @return the answer, at most {@link EnrolAnswer#MAX} bytes; nothing in it is checked
   * @throws RefusedException where the headend says no
   */
  public byte[] post(URL url, SSLContext tls, byte[] request) throws IOException {
    if (!url.getProtocol().equals("https")) {
      throw new IOException("the enrolment address must begin with https, not " + url);
    }
    try (Deadline deadline = new Deadline(tls.getSocketFactory(), timer, whole.toMillis())) {
      present.set(deadline);
      try {
        return anyOf(url, deadline, request);
      } catch (IOException e) {
        if (deadline.isOver()) {
          String limit = whole.toSeconds() + " s";
          throw new IOException(url + " was cut: it took longer than " + limit + ", or stops", e);
        }
        throw e;
      }
    }
  }

  /**
   * Asks the first that answers of the addresses behind the name, then the next; asking twice does
   * no harm.
   */
  private byte[] anyOf(URL url, Deadline deadline, byte[] request) throws IOException {
    List<InetAddress> left = new ArrayList<>(addresses.behind(url.getHost()));
    int port = url.getPort() < 0 ? url.getDefaultPort() : url.getPort();
    while (true) {
      InetAddress address = deadline.dial(left, port, (int) whole.toMillis());
      try {
        byte[] answer = exchange(at(url, address), deadline, request);
        addresses.wasGood(address);
        return answer;
      } catch (RefusedException e) {
        addresses.wasGood(address);
        throw e;
      } catch (IOException e) {
        left.remove(address);
        if (left.isEmpty() || deadline.isOver()) {
          throw e;
        }
      }
    }
  }

  /** The certificate is checked by role, so that an address does for a name. */
  private static URL at(URL url, InetAddress address) throws IOException {
    String host = HostPort.bracketed(address.getHostAddress().replace("%", "%25"));
    return new URL(url.getProtocol(), host, url.getPort(), url.getFile());
  }

  /** Cuts the exchange that is going on, if one is. */
  public void cancel() {
    Deadline deadline = present.get();
    if (deadline != null) {
      deadline.expire();
    }
  }

  private byte[] exchange(URL url, Deadline deadline, byte[] request) throws IOException {
    HttpsURLConnection connection = (HttpsURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setSSLSocketFactory(deadline);
    connection.setHostnameVerifier((host, session) -> true); // checked below, by role
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout((int) whole.toMillis());
    connection.setReadTimeout((int) whole.toMillis());
    connection.setRequestMethod("POST");
    connection.setRequestProperty("Content-Type", "application/cbor");
    connection.setRequestProperty("Connection", "close");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(request.length);
    try {
      connection.connect();
      checkHeadend(connection);
      connection.getOutputStream().write(request);
      int status = connection.getResponseCode();
      if (status != 200) {
        throw refusal(connection, status);
      }
      return read(connection.getInputStream(), EnrolAnswer.MAX);
    } finally {
      connection.disconnect();
    }
  }

  /**
   * TLS has checked that the chain leads to the operator; that it is the headend and no box is told
   * by a name that only the headend's certificate has. Addresses may change, so they don't count.
   */
  private static void checkHeadend(HttpsURLConnection connection) throws IOException {
    Certificate leaf = connection.getServerCertificates()[0];
    for (List<?> name : names((X509Certificate) leaf)) {
      boolean uri = Integer.valueOf(URI).equals(name.get(0));
      if (uri && name.get(1).toString().startsWith(HEADEND)) {
        return;
      }
    }
    throw new IOException(
        connection.getURL() + " shows a certificate that is not a headend's: check the address");
  }

  private static Collection<List<?>> names(X509Certificate leaf) throws IOException {
    try {
      Collection<List<?>> names = leaf.getSubjectAlternativeNames();
      return names == null ? List.of() : names;
    } catch (CertificateParsingException e) {
      throw new IOException("the server's certificate is damaged", e);
    }
  }

  private static IOException refusal(HttpsURLConnection connection, int status) throws IOException {
    String problem = connection.getHeaderField("Hearth-Problem");
    String reason = "";
    try (InputStream body = connection.getErrorStream()) {
      if (body != null) {
        byte[] text = body.readNBytes(MOST_REASON);
        reason = new String(text, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ").strip();
      }
    }
    String message = connection.getURL() + " answered " + status + ": " + reason;
    return problem == null
        ? new IOException(message)
        : new RefusedException(problem.replaceAll("[^A-Z_]", ""), message);
  }

  private static byte[] read(InputStream in, int most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    int count = in.read(buffer);
    while (count >= 0) {
      out.write(buffer, 0, count);
      if (out.size() > most) {
        throw new IOException("the headend's answer is larger than " + most + " bytes");
      }
      count = in.read(buffer);
    }
    return out.toByteArray();
  }
}
