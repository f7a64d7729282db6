package tv.hearth.gateway.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tv.hearth.gateway.Infos;
import tv.hearth.gateway.http.Desk;
import tv.hearth.gateway.http.Door;
import tv.hearth.gateway.http.Origins;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.Shelf;

/**
 * A gateway over folders on disk, for players to be tried by hand: {@code ServeFolder PORT
 * FOLDER…}. Each folder is a film; beside them there is a synthetic one of 5 GB. Prints its port.
 */
public final class ServeFolder extends FakeStore {
  private final List<Path> folders;

  private ServeFolder(List<Path> folders) throws IOException {
    this.folders = folders;
    with(Infos.file(Shelf.CATALOGUE, "synthetic", 5L << 30, "", "s"));
    for (Path folder : folders) {
      with(info(folder));
    }
  }

  private static ObjectInfo info(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      List<ObjectInfo.FileEntry> files =
          walk.filter(Files::isRegularFile)
              .sorted()
              .map(
                  f -> new ObjectInfo.FileEntry(folder.relativize(f) + "", f.toFile().length(), ""))
              .toList();
      long length = files.stream().mapToLong(ObjectInfo.FileEntry::length).sum();
      ObjectRef ref = ObjectRef.of(Shelf.CATALOGUE, folder.getFileName().toString());
      return Infos.info(ref, length, "", "d", files);
    }
  }

  @Override
  public int read(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure {
    for (Path folder : folders) {
      if (folder.getFileName().toString().equals(ref.name())) {
        try (FileChannel file = FileChannel.open(folder.resolve(ref.path()))) {
          return file.read(into, offset);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return super.read(ref, offset, into);
  }

  /** Serves until it is killed. */
  public static void main(String[] arguments) throws IOException {
    List<Path> folders = Stream.of(arguments).skip(1).map(Path::of).toList();
    ServiceGate<ObjectStore> gate = new ServiceGate<>("ObjectStore", Duration.ofMillis(500));
    gate.open(new ServeFolder(folders));
    Duration time = Duration.ofSeconds(60);
    int port = Integer.parseInt(arguments[0]);
    Settings settings =
        new Settings("127.0.0.1", port, 32, 6, time, time, time, Duration.ofSeconds(1));
    StoreReader reader = new StoreReader(gate);
    Door door = new Door(new Origins(Set.of(), Set.of()), false);
    House house =
        new House(
            settings,
            door,
            new Desk(reader),
            reader,
            new Lanes(Readers.pool(settings), settings),
            new Books());
    new Listener(
        house,
        new Listener.News() {
          @Override
          public void listening(java.net.InetSocketAddress address) {
            System.out.println(address.getPort());
          }

          @Override
          public void refused(String reason) {
            System.err.println(reason);
          }
        });
    java.util.concurrent.locks.LockSupport.park();
  }
}
