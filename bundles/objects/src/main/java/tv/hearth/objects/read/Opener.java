package tv.hearth.objects.read;

import java.nio.ByteBuffer;
import java.util.List;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.Manifest;
import tv.hearth.objects.core.PackIndex;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Lru;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.name.Objects;
import tv.hearth.objects.name.PackNames;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** From a name to the object and the range of it where its bytes are. Thread-safe. */
public final class Opener {
  private static final int MANIFESTS = 4 << 20;
  private static final int OPEN = 64;
  private final Services services;
  private final Authority authority;
  private final Heads heads;
  private final Objects objects;
  private final RangeReader reader;
  private final Lru<Bytes, OpenObject> open = new Lru<>(OPEN, entry -> 1);
  private final Lru<Bytes, Manifest> manifests =
      new Lru<>(MANIFESTS, manifest -> 1024 + 200 * manifest.files().size());
  private final Lru<Bytes, PackIndex> indexes =
      new Lru<>(MANIFESTS / 4, index -> 256 + 96 * index.entries().size());

  /**
   * A range of an object's plaintext.
   *
   * @param start its first byte
   * @param length its bytes
   */
  public record Extent(OpenObject object, long start, long length) {}

  /** Over heads, descriptors and the bytes themselves (for manifests). */
  public Opener(
      Services services, Authority authority, Heads heads, Objects objects, RangeReader reader) {
    this.services = services;
    this.authority = authority;
    this.heads = heads;
    this.objects = objects;
    this.reader = reader;
  }

  /**
   * The living head of a name; NOT_FOUND where a quorum says that there is none, TOO_FEW_BOXES
   * where that is not known now.
   */
  public Heads.Named find(ObjectRef ref, boolean fresh) throws ObjectFailure {
    Space space = Authority.space(ref.shelf());
    boolean certain = true;
    for (OwnerId owner : authority.owners(ref.shelf())) {
      Heads.Named named = heads.read(space, owner, ref.name(), fresh);
      if (named.content() != null) {
        return named;
      }
      certain &= named.certain();
    }
    if (!certain) {
      throw notKnown("'" + ref.name() + "'");
    }
    throw new ObjectFailure(
        Problem.NOT_FOUND,
        (ref.shelf() == Shelf.CATALOGUE ? "there is no film '" : "this household has no object '")
            + ref.name()
            + "'");
  }

  /** Too few of the boxes that would know it answer. */
  public static ObjectFailure notKnown(String what) {
    return new ObjectFailure(
        Problem.TOO_FEW_BOXES,
        "it is not known now whether there is "
            + what
            + ": too few of the boxes that keep its name answer; try again in a moment");
  }

  /** Where the bytes of a ref are, its path included. */
  public Extent extent(ObjectRef ref, Heads.Named named) throws ObjectFailure {
    HeadContent content = named.content();
    Space space = Authority.space(ref.shelf());
    if (content.form() == HeadContent.Form.ENTRY) {
      requireNoPath(ref);
      return packed(space, named);
    }
    OpenObject object = open(space, named.owner(), content);
    if (content.form() == HeadContent.Form.FOLDER && !ref.path().isEmpty()) {
      Manifest.Extent file = file(ref, named);
      return new Extent(object, file.offset(), file.file().length());
    }
    requireNoPath(ref);
    return new Extent(object, 0, content.length());
  }

  /** A folder's file; NOT_FOUND where it has none of that path. */
  public Manifest.Extent file(ObjectRef ref, Heads.Named named) throws ObjectFailure {
    Manifest.Extent file = manifest(Authority.space(ref.shelf()), named).find(ref.path());
    if (file == null) {
      throw new ObjectFailure(
          Problem.NOT_FOUND, "no file '" + ref.path() + "' in the folder '" + ref.name() + "'");
    }
    return file;
  }

  /** A folder's files. */
  public Manifest manifest(Space space, Heads.Named named) throws ObjectFailure {
    HeadContent content = named.content();
    Bytes hash = content.stored().descriptor();
    Manifest manifest = manifests.get(hash);
    if (manifest == null) {
      try {
        manifest = Manifest.decode(tail(open(space, named.owner(), content), content));
      } catch (CborException e) {
        throw damaged(content, e);
      }
      manifests.put(hash, manifest);
    }
    return manifest;
  }

  /** A pack's entries. */
  public PackIndex index(Space space, OwnerId owner, HeadContent pack) throws ObjectFailure {
    Bytes hash = pack.stored().descriptor();
    PackIndex index = indexes.get(hash);
    if (index == null) {
      try {
        index = PackIndex.decode(tail(open(space, owner, pack), pack));
      } catch (CborException e) {
        throw damaged(pack, e);
      }
      indexes.put(hash, index);
    }
    return index;
  }

  /** The object that a head points to. */
  public OpenObject open(Space space, OwnerId owner, HeadContent content) throws ObjectFailure {
    HeadContent.Stored stored = content.stored();
    OpenObject known = open.get(stored.descriptor());
    if (known != null) {
      return known;
    }
    DescriptorRecord descriptor = objects.descriptor(owner, stored.object(), stored.descriptor());
    OpenObject object =
        OpenObject.of(
            "'" + content.name() + "'", space, descriptor, unwrap(space, content.name(), stored));
    open.put(stored.descriptor(), object);
    return object;
  }

  private ObjectKey unwrap(Space space, String name, HeadContent.Stored stored)
      throws ObjectFailure {
    try {
      return services
          .keyring()
          .call(ring -> ring.unwrap(space, stored.object(), stored.key().toArray()));
    } catch (CipherException e) {
      throw Failures.of("open '" + name + "'", e);
    }
  }

  /** An entry is in whichever of the pack's siblings has it. */
  private Extent packed(Space space, Heads.Named named) throws ObjectFailure {
    HeadContent.Packed place = (HeadContent.Packed) named.content().place();
    OwnerId owner = named.owner();
    String name = PackNames.of(place.pack());
    boolean certain = true;
    for (boolean fresh : List.of(false, true)) {
      Heads.Named pack = heads.read(space, owner, name, fresh);
      certain = pack.certain();
      for (HeadRecord head : pack.siblings().heads()) {
        if (!head.deleted()) {
          HeadContent content = heads.open(space, head);
          PackIndex.Extent extent = index(space, owner, content).find(place.entry());
          if (extent != null) {
            return new Extent(open(space, owner, content), extent.offset(), extent.length());
          }
        }
      }
    }
    if (!certain) {
      throw notKnown("'" + named.content().name() + "' in its pack");
    }
    throw new ObjectFailure(
        Problem.NOT_FOUND, "'" + named.content().name() + "' is in its pack no more");
  }

  private byte[] tail(OpenObject object, HeadContent content) throws ObjectFailure {
    long length = content.stored().manifest();
    if (length < 1 || content.length() + length != object.layout().plain()) {
      throw new ObjectFailure(
          Problem.DAMAGED, "'" + content.name() + "': head and descriptor contradict each other");
    }
    byte[] bytes = new byte[(int) length];
    reader.read(object, content.length(), ByteBuffer.wrap(bytes), false);
    return bytes;
  }

  private static void requireNoPath(ObjectRef ref) throws ObjectFailure {
    if (!ref.path().isEmpty()) {
      throw new ObjectFailure(
          Problem.NOT_FOUND,
          "'" + ref.name() + "' is no folder, so it has no '" + ref.path() + "'");
    }
  }

  private static ObjectFailure damaged(HeadContent content, CborException e) {
    return new ObjectFailure(Problem.DAMAGED, "'" + content.name() + "': " + e.getMessage(), e);
  }
}
