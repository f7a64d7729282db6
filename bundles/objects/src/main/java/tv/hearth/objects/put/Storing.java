package tv.hearth.objects.put;

import java.util.function.Function;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.Manifest;
import tv.hearth.objects.core.MediaTypes;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.read.Opener;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/**
 * Stores a request's bytes, in an object of their own or in a pack, under its name. Thread-safe.
 */
public final class Storing {
  private final Authority authority;
  private final Opener opener;
  private final Heads heads;
  private final Putter putter;
  private final Packs packs;
  private final Committer committer;

  /** Over those who do the parts. */
  public Storing(
      Authority authority,
      Opener opener,
      Heads heads,
      Putter putter,
      Packs packs,
      Committer committer) {
    this.authority = authority;
    this.opener = opener;
    this.heads = heads;
    this.putter = putter;
    this.packs = packs;
    this.committer = committer;
  }

  /** Returns once it is acknowledged, with the name as it is now. */
  public Heads.Named put(PutRequest request) throws ObjectFailure {
    Shelf shelf = request.ref().shelf();
    OwnerId owner = authority.writer(shelf);
    boolean small = request.files().isEmpty() && shelf == Shelf.HOUSEHOLD;
    if (small && Packs.takes(request.length(), putter.shape(request.durability()))) {
      return pack(request, owner).now();
    }
    return object(request, owner).now();
  }

  /** The name goes now, what it pointed to soon after. */
  public void delete(ObjectRef ref) throws ObjectFailure {
    OwnerId owner = authority.writer(ref.shelf());
    opener.find(ref, true);
    commit(ref, owner, null);
  }

  private Heads.Written commit(ObjectRef ref, OwnerId owner, HeadContent head)
      throws ObjectFailure {
    Heads.Written written = heads.write(ref.shelf(), owner, ref.name(), head, null, signed -> {});
    committer.forgetOld(ref.shelf(), ref.name(), written.before());
    return written;
  }

  private Heads.Written object(PutRequest request, OwnerId owner) throws ObjectFailure {
    String name = request.ref().name();
    boolean folder = !request.files().isEmpty();
    byte[] tail = folder ? Manifest.of(name, request.files()).encode(name) : new byte[0];
    Putter.Job job =
        new Putter.Job(
            request.ref().shelf(),
            owner,
            "'" + name + "'",
            request.durability(),
            request.length(),
            tail,
            request.source(),
            request.progress());
    return committer.store(job, name, head(request, folder), null).written();
  }

  private static Function<Putter.Done, HeadContent> head(PutRequest request, boolean folder) {
    String name = request.ref().name();
    return done ->
        new HeadContent(
            folder ? HeadContent.Form.FOLDER : HeadContent.Form.FILE,
            name,
            folder ? HeadContent.FOLDER_TYPE : MediaTypes.of(request.contentType(), name),
            request.length(),
            request.durability(),
            done.shape().k(),
            done.shape().n(),
            done.placed(),
            done.stored());
  }

  private Heads.Written pack(PutRequest request, OwnerId owner) throws ObjectFailure {
    String name = request.ref().name();
    byte[] content = SmallFile.read(request);
    Packs.Placed placed = packs.add(owner, request.durability(), content);
    HeadContent head =
        new HeadContent(
            HeadContent.Form.ENTRY,
            name,
            MediaTypes.of(request.contentType(), name),
            content.length,
            request.durability(),
            placed.shape().k(),
            placed.shape().n(),
            placed.placed(),
            placed.place());
    Heads.Written written = commit(request.ref(), owner, head);
    new Progress(name, request.progress()).tell(content.length);
    return written;
  }
}
