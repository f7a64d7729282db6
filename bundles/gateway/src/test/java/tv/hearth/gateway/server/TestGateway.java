package tv.hearth.gateway.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.gateway.http.Desk;
import tv.hearth.gateway.http.Door;
import tv.hearth.gateway.http.Origins;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.objects.ObjectStore;

/** A gateway on a free port of loopback. */
final class TestGateway implements AutoCloseable {
  static final Settings SETTINGS =
      settings(16, 4, Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

  final ServiceGate<ObjectStore> gate = new ServiceGate<>("ObjectStore", Duration.ofMillis(100));
  final Books books = new Books();
  private final ThreadPoolExecutor readers;
  private final Listener listener;
  private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();

  TestGateway(ObjectStore store) {
    this(store, SETTINGS);
  }

  TestGateway(ObjectStore store, Settings settings) {
    gate.open(store);
    readers = Readers.pool(settings);
    StoreReader reader = new StoreReader(gate);
    Door door = new Door(new Origins(Set.of(), Set.of()), false);
    House house =
        new House(settings, door, new Desk(reader), reader, new Lanes(readers, settings), books);
    listener =
        new Listener(
            house,
            new Listener.News() {
              @Override
              public void listening(InetSocketAddress where) {
                address.complete(where);
              }

              @Override
              public void refused(String reason) {
                address.completeExceptionally(new IOException(reason));
              }
            });
  }

  static Settings settings(
      int connections, int readers, Duration head, Duration idle, Duration stall) {
    return new Settings(
        "127.0.0.1", 0, connections, readers, head, idle, stall, Duration.ofMillis(50));
  }

  InetSocketAddress address() throws IOException {
    try {
      return address.get();
    } catch (ExecutionException e) {
      throw new IOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  Client client() throws IOException {
    return new Client(address());
  }

  double meter(String name) {
    return books.read().stream()
        .filter(meter -> meter.name().equals(name))
        .mapToDouble(Meter::value)
        .sum();
  }

  @Override
  public void close() {
    listener.close();
    readers.shutdownNow();
  }
}
