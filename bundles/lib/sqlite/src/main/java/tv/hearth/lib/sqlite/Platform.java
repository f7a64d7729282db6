package tv.hearth.lib.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * What a native library must have been built for: the processor, and the C library with its way of
 * handing over floating-point numbers. A library for another C library may load and then hand over
 * wrong numbers, so that this is asked before.
 *
 * @param arch as Java's os.arch has it
 * @param loader file name of the program that loads the JVM's shared libraries; empty where unknown
 */
record Platform(String arch, String loader) {
  private static final Path THIS_PROGRAM = Path.of("/proc/self/exe");
  private static final Set<String> PROCESSORS = Set.of("arm", "aarch64", "amd64", "x86_64");

  private static final int HEADER_BYTES = 64;
  private static final int MAGIC = 0x7f454c46;
  private static final byte CLASS_64 = 2;
  private static final byte BIG_ENDIAN_DATA = 2;
  private static final int INTERPRETER = 3;
  private static final int MOST_ENTRIES = 64;
  private static final int MOST_NAME_BYTES = 4096;

  /** This JVM's. */
  static Platform here() {
    String loader;
    try {
      loader = loaderOf(THIS_PROGRAM);
    } catch (IOException e) {
      loader = ""; // not told here: then the loading itself tells
    }
    return new Platform(System.getProperty("os.arch"), loader);
  }

  /** Whether the bundle brings a library for it, as far as is known. */
  boolean isOurs() {
    return PROCESSORS.contains(arch) && !isSoftFloat() && !isOtherThanGlibc();
  }

  /** For people. */
  String words() {
    String library = cLibrary();
    String with = library.isEmpty() ? "" : " with " + library;
    return arch + with + (isSoftFloat() ? ", soft float" : "");
  }

  private String cLibrary() {
    if (loader.startsWith("ld-musl-")) {
      return "musl";
    }
    if (loader.startsWith("ld-uClibc") || loader.startsWith("ld64-uClibc")) {
      return "uClibc";
    }
    if (loader.equals("linker") || loader.equals("linker64")) {
      return "Android's C library";
    }
    return loader.startsWith("ld-linux") ? "glibc" : "";
  }

  private boolean isOtherThanGlibc() {
    String library = cLibrary();
    return !library.isEmpty() && !library.equals("glibc");
  }

  /** On ARM glibc has a loader of another name for each way of handing over numbers. */
  private boolean isSoftFloat() {
    return arch.equals("arm")
        && (loader.equals("ld-linux.so.3") || loader.equals("ld-musl-arm.so.1"));
  }

  /** Name of the loader that a program (ELF) asks for; empty where it asks for none. */
  static String loaderOf(Path program) throws IOException {
    try (SeekableByteChannel file = Files.newByteChannel(program)) {
      ByteBuffer header = read(file, 0, HEADER_BYTES);
      if (header.limit() < HEADER_BYTES || header.getInt(0) != MAGIC) {
        throw new IOException(program + " is no ELF program");
      }
      boolean wide = header.get(4) == CLASS_64;
      ByteOrder order =
          header.get(5) == BIG_ENDIAN_DATA ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
      header.order(order);
      long table = wide ? header.getLong(32) : Integer.toUnsignedLong(header.getInt(28));
      int size = Short.toUnsignedInt(header.getShort(wide ? 54 : 42));
      int count = Short.toUnsignedInt(header.getShort(wide ? 56 : 44));
      ByteBuffer entries = read(file, table, size * Math.min(count, MOST_ENTRIES)).order(order);
      for (int at = 0; at + size <= entries.limit() && size >= (wide ? 40 : 20); at += size) {
        if (entries.getInt(at) == INTERPRETER) {
          long from =
              wide ? entries.getLong(at + 8) : Integer.toUnsignedLong(entries.getInt(at + 4));
          long bytes =
              wide ? entries.getLong(at + 32) : Integer.toUnsignedLong(entries.getInt(at + 16));
          return fileName(read(file, from, (int) Math.min(bytes, MOST_NAME_BYTES)));
        }
      }
      return "";
    }
  }

  private static String fileName(ByteBuffer path) {
    String text = StandardCharsets.UTF_8.decode(path).toString();
    int end = text.indexOf('\0');
    String whole = end < 0 ? text : text.substring(0, end);
    return whole.substring(whole.lastIndexOf('/') + 1);
  }

  /** As many bytes as there are, up to that number. */
  private static ByteBuffer read(SeekableByteChannel file, long from, int bytes)
      throws IOException {
    if (from < 0) {
      throw new IOException("a damaged ELF header");
    }
    ByteBuffer buffer = ByteBuffer.allocate(bytes);
    file.position(from);
    while (buffer.hasRemaining() && file.read(buffer) >= 0) {
      continue;
    }
    return buffer.flip();
  }
}
