package tv.hearth.gateway;

import java.time.Instant;
import java.util.List;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Objects as a store describes them. */
public final class Infos {
  /** When all of them were stored. */
  public static final Instant STORED = Instant.parse("2026-03-01T10:20:30.400Z");

  private Infos() {}

  /** A single file. */
  public static ObjectInfo file(Shelf shelf, String name, long length, String type, String tag) {
    return info(ObjectRef.of(shelf, name), length, type, tag, List.of());
  }

  /** A folder. */
  public static ObjectInfo folder(Shelf shelf, String name, String tag, String... paths) {
    List<ObjectInfo.FileEntry> files =
        java.util.Arrays.stream(paths).map(path -> new ObjectInfo.FileEntry(path, 10, "")).toList();
    return info(ObjectRef.of(shelf, name), 10L * paths.length, "", tag, files);
  }

  /** Any. */
  public static ObjectInfo info(
      ObjectRef ref, long length, String type, String tag, List<ObjectInfo.FileEntry> files) {
    return new ObjectInfo(
        ref,
        length,
        type,
        tag,
        DurabilityClass.values()[0],
        files,
        1,
        STORED,
        new ObjectInfo.Survival(5, 21, -1));
  }
}
