package tv.hearth.objects;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/** Puts and reads one long object of made-up bytes, pieces on disk; run with a small heap. */
final class LongObject {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "long.bin");

  private LongObject() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    long length = Long.parseLong(args[1]);
    try (Town town = new Town(folder, 12, size -> mapped(folder, size))) {
      long begin = System.nanoTime();
      town.box(0)
          .put(
              new PutRequest(
                  REF, DurabilityClass.FILM, length, "", List.of(), LongObject::fill, done -> {}));
      say("put", length, begin);
      begin = System.nanoTime();
      ByteBuffer into = ByteBuffer.allocate(1 << 18);
      for (long at = 0; at < length; at += into.position()) {
        into.clear();
        town.box(0).read(REF, at, into);
        check(at, into);
      }
      say("read", length, begin);
    }
  }

  private static void say(String what, long length, long begin) {
    Runtime runtime = Runtime.getRuntime();
    long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    long millis = (System.nanoTime() - begin) / 1_000_000;
    System.out.println(
        what + " " + length + " bytes in " + millis + " ms, heap " + used + " MiB used");
  }

  private static byte at(long offset) {
    return (byte) (offset * 0x9E3779B97F4A7C15L >>> 56);
  }

  /** A line every 16 MiB, so that whoever waits sees that it goes on. */
  private static void tell(long from, long to) {
    if (from >> 24 != to >> 24) {
      System.out.println("at " + to);
    }
  }

  private static void fill(long offset, ByteBuffer into) {
    tell(offset, offset + into.remaining());
    for (long at = offset; into.hasRemaining(); at++) {
      into.put(at(at));
    }
  }

  private static void check(long offset, ByteBuffer read) {
    tell(offset, offset + read.position());
    for (int i = 0; i < read.position(); i++) {
      if (read.get(i) != at(offset + i)) {
        throw new IllegalStateException("wrong byte at " + (offset + i));
      }
    }
  }

  private static ByteBuffer mapped(Path folder, int size) {
    try {
      Path file = Files.createTempFile(folder, "piece", "");
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        return channel.map(FileChannel.MapMode.READ_WRITE, 0, size);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
