package tv.hearth.gateway;

import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;

/**
 * A readable run of bytes: a single file, or a file in a folder.
 *
 * @param tag strong entity tag with its quotes
 */
record Item(ObjectRef ref, long length, String contentType, String tag) {

  /** The file that {@code ref} names in {@code info}; throws NOT_FOUND where there is none. */
  static Item of(ObjectInfo info, ObjectRef ref) throws ObjectFailure {
    String tag = '"' + info.tag() + '"';
    if (ref.path().isEmpty()) {
      return new Item(ref, info.length(), MediaTypes.of(info.contentType(), ref.name()), tag);
    }
    for (ObjectInfo.FileEntry file : info.files()) {
      if (file.path().equals(ref.path())) {
        return new Item(ref, file.length(), MediaTypes.of(file.contentType(), file.path()), tag);
      }
    }
    throw new ObjectFailure(
        ObjectFailure.Problem.NOT_FOUND, "no file " + ref.path() + " in " + ref.name());
  }
}
