package tv.hearth.headend.registry.shell;

import java.io.IOException;
import tv.hearth.headend.registry.web.Listener;
import tv.hearth.headend.registry.web.ListenerTls;
import tv.hearth.headend.registry.web.Pages;
import tv.hearth.support.net.HostPort;

/** Keeps the listener open, tries again where its port is taken. Thread-safe. */
final class Door implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Door.class.getName());
  private final Settings settings;
  private final ListenerTls tls;
  private final Pages pages;
  private Listener listener;
  private boolean closed;
  private volatile String trouble = "";

  Door(Settings settings, ListenerTls tls, Pages pages) {
    this.settings = settings;
    this.tls = tls;
    this.pages = pages;
  }

  /** Binds unless it is bound. */
  synchronized void open() {
    if (listener != null || closed) {
      return;
    }
    try {
      listener = new Listener(settings.host(), settings.port(), settings.limits(), tls, pages);
      trouble = "";
      LOG.log(
          System.Logger.Level.INFO,
          "enrolment listens on " + new HostPort(settings.host(), listener.port()));
    } catch (IOException e) {
      if (!e.getMessage().equals(trouble)) {
        LOG.log(System.Logger.Level.ERROR, e.getMessage());
      }
      trouble = e.getMessage();
    }
  }

  /** Why it is not open, or empty. */
  String trouble() {
    return trouble;
  }

  synchronized int port() {
    return listener == null ? 0 : listener.port();
  }

  synchronized int connections() {
    return listener == null ? 0 : listener.open();
  }

  synchronized long turnedAway() {
    return listener == null ? 0 : listener.turnedAway();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }
}
