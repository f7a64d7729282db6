package tv.hearth.objects.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborReader;
import tv.hearth.support.cbor.CborWriter;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/**
 * The list of a folder's files, sealed with them: it follows on the last file's bytes. CBOR: {@code
 * ["hearth/manifest", 1, [media type…], [[path, length, number of its media type]…]]}, files in the
 * order of their bytes. Immutable.
 */
public final class Manifest {
  /** Most bytes of a manifest. */
  public static final int MOST_BYTES = 1 << 20;

  /** Most files of a folder. */
  public static final int MOST_FILES = 20_000;

  private static final String TYPE = "hearth/manifest";
  private static final int VERSION = 1;
  private final List<FileEntry> files;
  private final Map<String, Extent> extents = new HashMap<>();

  /** Where a file is in its folder's content. */
  public record Extent(FileEntry file, long offset, int place) {}

  private Manifest(List<FileEntry> files) {
    this.files = files.stream().sorted(Comparator.comparing(FileEntry::path)).toList();
    long offset = 0;
    for (FileEntry file : files) {
      extents.put(file.path(), new Extent(file, offset, extents.size()));
      offset += file.length();
    }
  }

  /**
   * Of the files that a put names, in that order; a missing media type goes by the path's ending.
   *
   * @throws ObjectFailure BAD_REQUEST for paths that climb out, are there twice or both file and
   *     folder, and for more files than a manifest holds
   */
  public static Manifest of(String name, List<FileEntry> files) throws ObjectFailure {
    List<FileEntry> typed = new ArrayList<>();
    for (FileEntry file : files) {
      typed.add(
          new FileEntry(
              file.path(), file.length(), MediaTypes.of(file.contentType(), file.path())));
    }
    String fault = fault(typed);
    if (fault != null) {
      throw new ObjectFailure(ObjectFailure.Problem.BAD_REQUEST, "folder " + name + ": " + fault);
    }
    return new Manifest(typed);
  }

  /** Files in order of path. */
  public List<FileEntry> files() {
    return files;
  }

  /** A file by its path, or null. */
  public Extent find(String path) {
    return extents.get(path);
  }

  /** The bytes; at most {@link #MOST_BYTES}, else BAD_REQUEST. */
  public byte[] encode(String name) throws ObjectFailure {
    Map<String, Integer> types = new LinkedHashMap<>();
    files.forEach(file -> types.putIfAbsent(file.contentType(), types.size()));
    CborWriter out = new CborWriter().arrayHead(4).text(TYPE).number(VERSION);
    out.arrayHead(types.size());
    types.keySet().forEach(out::text);
    List<Extent> ordered = new ArrayList<>(extents.values());
    ordered.sort(Comparator.comparingInt(Extent::place));
    out.arrayHead(ordered.size());
    for (Extent each : ordered) {
      FileEntry file = each.file();
      out.arrayHead(3).text(file.path()).number(file.length());
      out.number(types.get(file.contentType()));
    }
    byte[] bytes = out.toBytes();
    if (bytes.length > MOST_BYTES) {
      throw new ObjectFailure(
          ObjectFailure.Problem.BAD_REQUEST,
          "folder " + name + ": its list of files takes more than 1 MiB: store it in parts");
    }
    return bytes;
  }

  /** Parses a manifest. */
  public static Manifest decode(byte[] bytes) throws CborException {
    CborReader in = new CborReader(bytes);
    if (in.arrayHead() != 4 || !in.text(64).equals(TYPE) || in.number() != VERSION) {
      throw new CborException("not a " + TYPE + " of version " + VERSION);
    }
    List<String> types = new ArrayList<>();
    for (int left = atMost(in.arrayHead(), MOST_FILES); left > 0; left--) {
      types.add(in.text(256));
    }
    List<FileEntry> files = new ArrayList<>();
    for (int left = atMost(in.arrayHead(), MOST_FILES); left > 0; left--) {
      files.add(file(in, types));
    }
    in.end();
    String fault = fault(files);
    if (fault != null) {
      throw new CborException(TYPE + ": " + fault);
    }
    return new Manifest(files);
  }

  private static FileEntry file(CborReader in, List<String> types) throws CborException {
    if (in.arrayHead() != 3) {
      throw new CborException(TYPE + ": a file has three parts");
    }
    String path = in.text(4 * 4096);
    long length = in.number();
    long type = in.number();
    if (length < 0 || type < 0 || type >= types.size()) {
      throw new CborException(TYPE + ": length or media type of a file is out of range");
    }
    return new FileEntry(path, length, types.get((int) type));
  }

  private static int atMost(int size, int most) throws CborException {
    if (size > most) {
      throw new CborException(TYPE + ": " + size + " items, at most " + most);
    }
    return size;
  }

  private static String fault(List<FileEntry> files) {
    if (files.size() > MOST_FILES) {
      return "more than " + MOST_FILES + " files: store it in parts";
    }
    Set<String> paths = new HashSet<>();
    Set<String> folders = new HashSet<>();
    for (FileEntry file : files) {
      try {
        new ObjectRef(Shelf.HOUSEHOLD, "folder", file.path());
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
      if (file.path().isEmpty() || file.length() < 0 || !paths.add(file.path())) {
        return "path '" + file.path() + "' is empty, there twice, or of negative length";
      }
      for (int at = file.path().indexOf('/'); at >= 0; at = file.path().indexOf('/', at + 1)) {
        folders.add(file.path().substring(0, at));
      }
    }
    folders.retainAll(paths);
    return folders.isEmpty() ? null : "both a file and a folder: " + folders.iterator().next();
  }
}
