package tv.hearth.broker;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedExtension;
import com.hivemq.embedded.EmbeddedHiveMQ;
import com.hivemq.extension.sdk.api.services.Services;
import com.hivemq.migration.meta.PersistenceType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A running broker. One at a time in a JVM (HiveMQ's settings are static). Closing it ends its
 * threads and keeps its data: retained messages, sessions and their queues.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final long START_SECONDS = 120;
  private static final long STOP_SECONDS = 60;
  private static final String LOGBACK = "logback.configurationFile";

  private final EmbeddedHiveMQ hivemq;
  private final int port;
  private final Path log;

  private EmbeddedBroker(EmbeddedHiveMQ hivemq, int port, Path log) {
    this.hivemq = hivemq;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts a broker and waits until it listens (5 to 20 seconds).
   *
   * @throws IOException where a file is missing or wrong, the port is taken, or it does not come up
   */
  public static EmbeddedBroker start(BrokerSettings settings) throws IOException {
    BrokerFiles files = new BrokerFiles(settings.dir());
    AccessList list = AccessListFile.read(settings.accessList());
    files.write(settings);
    logToFile(files);
    beSmall();
    EmbeddedHiveMQ hivemq = build(files, new AccessExtension(list));
    try {
      hivemq.start().get(START_SECONDS, TimeUnit.SECONDS);
      return new EmbeddedBroker(hivemq, boundPort(), files.log());
    } catch (ExecutionException | TimeoutException | IllegalStateException e) {
      stop(hivemq);
      throw new IOException(
          "the broker did not start on "
              + settings.host()
              + ":"
              + settings.port()
              + " (a port in use?); see "
              + files.log(),
          e);
    } catch (InterruptedException e) {
      stop(hivemq);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the broker started", e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return port;
  }

  /** Its log file. */
  public Path log() {
    return log;
  }

  @Override
  public void close() throws IOException {
    stop(hivemq);
  }

  /** HiveMQ reads the file too, but only after its first lines. */
  private static void logToFile(BrokerFiles files) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, files.config().resolve("logback.xml").toString());
    }
  }

  private static EmbeddedHiveMQ build(BrokerFiles files, AccessExtension extension) {
    return EmbeddedHiveMQ.builder()
        .withConfigurationFolder(files.config())
        .withDataFolder(files.data())
        .withExtensionsFolder(files.extensions())
        .withEmbeddedExtension(
            EmbeddedExtension.builder()
                .withId("hearth-access")
                .withName("Hearth access list")
                .withVersion("1")
                .withAuthor("Hearth")
                .withExtensionMain(extension)
                .build())
        .build();
  }

  /** Sized for some hundred boxes on one machine; the data folder is bound to the bucket count. */
  private static void beSmall() {
    InternalConfigurations.PERSISTENCE_BUCKET_COUNT.set(4);
    InternalConfigurations.PAYLOAD_PERSISTENCE_BUCKET_COUNT.set(4);
    InternalConfigurations.PERSISTENCE_STARTUP_THREAD_POOL_SIZE.set(2);
    InternalConfigurations.SINGLE_WRITER_THREAD_POOL_SIZE.set(2);
    InternalConfigurations.PAYLOAD_PERSISTENCE_CLEANUP_THREADS.set(1);
    InternalConfigurations.MQTT_EVENT_EXECUTOR_THREAD_COUNT.set(2);
    InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(200);
    // Plain files in place of RocksDB: no 50 MB native library unpacked at each start.
    InternalConfigurations.RETAINED_MESSAGE_PERSISTENCE_TYPE.set(PersistenceType.FILE);
    InternalConfigurations.PAYLOAD_PERSISTENCE_TYPE.set(PersistenceType.FILE);
    InternalConfigurations.JMX_REPORTER_ENABLED.set(false);
  }

  private static int boundPort() {
    return Services.adminService().getServerInformation().getListener().stream()
        .mapToInt(listener -> listener.getPort())
        .filter(port -> port > 0)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the broker has no listener"));
  }

  private static void stop(EmbeddedHiveMQ hivemq) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      hivemq.stop().get(STOP_SECONDS, TimeUnit.SECONDS);
      hivemq.close();
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the broker did not stop cleanly", e);
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
