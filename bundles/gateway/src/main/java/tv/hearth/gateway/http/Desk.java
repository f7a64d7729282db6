package tv.hearth.gateway.http;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Answers what got through the {@link Door}, by asking the store. Thread-safe; calls block. */
public final class Desk {
  private final Catalogue store;

  /** What the store is asked; as the methods of {@code ObjectStore}. */
  public interface Catalogue {
    /** As {@code ObjectStore.stat}. */
    ObjectInfo stat(ObjectRef ref) throws ObjectFailure;

    /** As {@code ObjectStore.list}. */
    List<ObjectInfo> list(Shelf shelf, String after) throws ObjectFailure;
  }

  /** Over a store. */
  public Desk(Catalogue store) {
    this.store = store;
  }

  /**
   * The answer to a GET or HEAD.
   *
   * @throws ObjectFailure as the store does
   */
  public Answer answer(Request request, Target target, Instant now) throws ObjectFailure {
    switch (target.kind()) {
      case INDEX:
        return listing(request, Listing.index(), now);
      case SHELF:
        List<ObjectInfo> page = store.list(target.shelf(), target.after());
        return listing(request, Listing.shelf(target.shelf(), page), now);
      case FOLDER:
        ObjectInfo info = store.stat(target.ref());
        if (!target.folder().isEmpty() && !hasFolder(info, target.folder())) {
          return Answer.problem(404, "no folder '" + target.folder() + "' in it");
        }
        return listing(request, Listing.folder(info, target.folder(), target.after()), now);
      default:
        return item(request, target, now);
    }
  }

  private static boolean hasFolder(ObjectInfo info, String folder) {
    return info.files().stream().anyMatch(file -> file.path().startsWith(folder));
  }

  private Answer item(Request request, Target target, Instant now) throws ObjectFailure {
    ObjectInfo info = store.stat(target.ref());
    if (info.isFolder() && target.ref().path().isEmpty()) {
      return listing(request, Listing.folder(info, "", target.after()), now);
    }
    Optional<Item> item = Item.of(target.ref(), info);
    if (item.isEmpty()) {
      return Answer.problem(404, "no file '" + target.ref().path() + "' in it");
    }
    return Representation.answer(request, item.get(), now);
  }

  private static Answer listing(Request request, String json, Instant now) {
    int status = new Conditions(request, "", null, now).status();
    Answer answer = status == 0 ? Answer.json(json) : unmet(status);
    return answer.with("Cache-Control", "no-store");
  }

  /** The answer where a precondition decides. */
  static Answer unmet(int status) {
    return status == 304
        ? Answer.empty(304)
        : Answer.problem(412, "it is not the version that was asked for");
  }
}
