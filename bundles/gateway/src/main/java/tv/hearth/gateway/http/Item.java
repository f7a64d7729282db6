package tv.hearth.gateway.http;

import java.time.Instant;
import java.util.Optional;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;

/**
 * A readable run of bytes: a single file, or a file in a folder.
 *
 * @param tag strong entity tag with its quotes
 * @param stored when this version was stored
 */
public record Item(ObjectRef ref, long length, String contentType, String tag, Instant stored) {
  /**
   * What {@code ref} names, by what the store says of it: of the file itself, or of the folder that
   * has it. Empty where the folder has no such file, or {@code ref} is a folder.
   */
  static Optional<Item> of(ObjectRef ref, ObjectInfo info) {
    if (!info.isFolder()) {
      return Optional.of(item(ref, info, info.length(), info.contentType()));
    }
    return info.files().stream()
        .filter(file -> file.path().equals(ref.path()))
        .findFirst()
        .map(file -> item(ref, info, file.length(), file.contentType()));
  }

  private static Item item(ObjectRef ref, ObjectInfo info, long length, String type) {
    String name = ref.path().isEmpty() ? ref.name() : ref.path();
    return new Item(ref, length, MediaTypes.of(type, name), tag(info), info.stored());
  }

  /** The entity tag of a version. */
  public static String tag(ObjectInfo info) {
    return '"' + Percent.encode(info.tag()) + '"';
  }
}
