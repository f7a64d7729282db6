package tv.hearth.objects;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.BackOff;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.core.Manifest;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.errand.Errands;
import tv.hearth.objects.errand.Journal;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.ObjectMeters;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.name.CatalogueGrants;
import tv.hearth.objects.name.Chores;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.name.Lister;
import tv.hearth.objects.name.Objects;
import tv.hearth.objects.name.OpenPacks;
import tv.hearth.objects.name.Pages;
import tv.hearth.objects.name.Restocker;
import tv.hearth.objects.name.RootKeeper;
import tv.hearth.objects.name.Surveyor;
import tv.hearth.objects.put.Aftercare;
import tv.hearth.objects.put.Committer;
import tv.hearth.objects.put.Packs;
import tv.hearth.objects.put.PutKitchen;
import tv.hearth.objects.put.Putter;
import tv.hearth.objects.put.Storing;
import tv.hearth.objects.read.Kitchen;
import tv.hearth.objects.read.Opener;
import tv.hearth.objects.read.PieceSource;
import tv.hearth.objects.read.RangeReader;
import tv.hearth.objects.read.Sources;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectInfo.Survival;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.ObjectStore;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/** The object store over a set of services; owns its threads, which {@link #close} ends. */
public final class Pipeline implements ObjectStore, AutoCloseable {
  private static final int THREADS = 4;
  private final Workers workers = new Workers(THREADS);
  private final ObjectMeters meters = new ObjectMeters();
  private final HolderHealth health = new HolderHealth();
  private final Sources sources = new Sources();
  private final Services services;
  private final Remote remote;
  private final Authority authority;
  private final Heads heads;
  private final Objects objects;
  private final RangeReader reader;
  private final Opener opener;
  private final Storing store;
  private final CatalogueGrants grants;
  private final Lister lister;
  private final Pages pages = new Pages();
  private final Surveyor surveyor;
  private final Journal journal;

  /**
   * Over gates that may open later.
   *
   * @param folder for what is remembered over restarts: errands, and which packs are appended to
   */
  public Pipeline(Services services, Path folder) {
    this(services, folder, BackOff.USUAL);
  }

  /** As above; boxes that did not answer are told again after other pauses. */
  Pipeline(Services services, Path folder, BackOff backOff) {
    this.services = services;
    remote = new Remote(services, workers);
    authority = new Authority(services);
    Boxes boxes = new Boxes(services, remote, workers, authority, health);
    Replicas replicas = new Replicas(services, boxes, authority, health);
    heads = new Heads(services, authority, replicas, meters);
    objects = new Objects(services, authority, replicas, meters);
    PieceSource source = new PieceSource(services, remote, workers, health, meters);
    reader =
        new RangeReader(
            new Kitchen(services, workers, boxes, health, meters, source, sources), objects);
    opener = new Opener(services, authority, heads, objects, reader);
    journal = new Journal(folder.resolve("errands"));
    Errands errands = new Errands(journal, boxes, workers, backOff);
    Aftercare aftercare = new Aftercare(authority, boxes, replicas, errands);
    replicas.missed(aftercare::deliver);
    Putter putter =
        new Putter(
            new PutKitchen(
                services, workers, remote, boxes, authority, replicas, health, meters, source),
            aftercare);
    lister = new Lister(heads, replicas, boxes);
    surveyor = new Surveyor(objects, boxes, workers);
    Committer committer =
        new Committer(putter, heads, objects, opener, aftercare, workers, backOff);
    Packs packs =
        new Packs(
            heads,
            opener,
            reader,
            committer,
            new OpenPacks(Optional.of(folder.resolve("open-packs"))));
    committer.entries(packs::remove);
    store = new Storing(authority, opener, heads, putter, packs, committer);
    grants = new CatalogueGrants(services, authority, replicas, boxes);
    new Chores(
            services,
            workers,
            grants,
            new RootKeeper(services, authority, replicas),
            new Restocker(services, authority, replicas, boxes))
        .start();
    workers.later(0, () -> committer.resume(errands.start()));
  }

  @Override
  public ObjectInfo put(PutRequest request) throws ObjectFailure {
    try {
      ObjectInfo info =
          guard(
              "put",
              request.ref(),
              () -> {
                Heads.Named now = store.put(request);
                return info(request.ref(), now, stored(request));
              });
      meters.add(Count.PUT_DONE);
      meters.add(Count.PUT_BYTES, request.length());
      return info;
    } catch (ObjectFailure e) {
      meters.add(Count.PUT_FAILED);
      throw e;
    }
  }

  /** A folder's files as whoever reads it sees them. */
  private static List<ObjectInfo.FileEntry> stored(PutRequest request) throws ObjectFailure {
    return request.files().isEmpty()
        ? List.of()
        : Manifest.of(request.ref().name(), request.files()).files();
  }

  /** Part of the object store's work. */
  private interface Work<T> {
    T run() throws ObjectFailure;
  }

  /** Does it; whatever goes wrong is typed, and once this bundle is being stopped it is that. */
  private <T> T guard(String doing, ObjectRef ref, Work<T> work) throws ObjectFailure {
    try {
      return work.run();
    } catch (ObjectFailure | RuntimeException e) {
      String what = doing + " '" + ref.name() + "'";
      if (workers.closed()) {
        throw new ObjectFailure(
            Problem.NOT_READY, what + ": the bundle objects is being stopped: try again", e);
      }
      throw Failures.of(what, e);
    }
  }

  @Override
  public int read(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure {
    if (offset < 0) {
      throw new ObjectFailure(Problem.BAD_REQUEST, "a negative offset of '" + ref.name() + "'");
    }
    int begin = into.position();
    try {
      int count = guard("read", ref, () -> readTwice(ref, offset, into));
      meters.add(Count.READ_BYTES, Math.max(0, count));
      return count;
    } catch (ObjectFailure e) {
      into.position(begin);
      meters.add(Count.READ_FAILED);
      throw e;
    }
  }

  /** What is remembered of heads and placements may be out of date: once more without it. */
  private int readTwice(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure {
    int begin = into.position();
    try {
      return read(ref, offset, into, false);
    } catch (ObjectFailure e) {
      boolean certain = e.problem() == Problem.NOT_ALLOWED || e.problem() == Problem.BAD_REQUEST;
      if (certain || workers.closed()) {
        throw e;
      }
      into.position(begin);
      return read(ref, offset, into, true);
    }
  }

  private int read(ObjectRef ref, long offset, ByteBuffer into, boolean fresh)
      throws ObjectFailure {
    grants.require(ref.shelf());
    Heads.Named named = opener.find(ref, fresh);
    Opener.Extent extent = opener.extent(ref, named);
    if (offset >= extent.length()) {
      return -1;
    }
    int count = (int) Math.min(into.remaining(), extent.length() - offset);
    int limit = into.limit();
    into.limit(into.position() + count);
    try {
      reader.read(extent.object(), extent.start() + offset, into, fresh);
    } finally {
      into.limit(limit);
    }
    return count;
  }

  @Override
  public ObjectInfo stat(ObjectRef ref) throws ObjectFailure {
    return guard(
        "stat",
        ref,
        () -> {
          grants.require(ref.shelf());
          Heads.Named named = opener.find(ref, false);
          return ref.path().isEmpty() ? info(ref, named, files(ref, named)) : file(ref, named);
        });
  }

  private ObjectInfo file(ObjectRef ref, Heads.Named named) throws ObjectFailure {
    opener.extent(ref, named);
    Manifest.Extent file = opener.file(ref, named);
    ObjectInfo whole = info(ref, named, List.of());
    return new ObjectInfo(
        ref,
        file.file().length(),
        file.file().contentType(),
        whole.tag() + "-" + file.place(),
        whole.durability(),
        List.of(),
        whole.siblings(),
        whole.stored(),
        whole.survival());
  }

  private List<ObjectInfo.FileEntry> files(ObjectRef ref, Heads.Named named) throws ObjectFailure {
    boolean folder = named.content().form() == HeadContent.Form.FOLDER;
    return folder ? opener.manifest(Authority.space(ref.shelf()), named).files() : List.of();
  }

  private static ObjectInfo info(
      ObjectRef ref, Heads.Named named, List<ObjectInfo.FileEntry> files) {
    HeadContent content = named.content();
    return new ObjectInfo(
        ref,
        content.length(),
        content.type(),
        Siblings.hash(named.winner()).toString().substring(0, 32),
        content.durability(),
        files,
        named.siblings().heads().size(),
        named.winner().written(),
        new Survival(content.k(), content.placed(), -1));
  }

  @Override
  public List<ObjectInfo> list(Shelf shelf, String after) throws ObjectFailure {
    return guard("list", ObjectRef.of(shelf, "all of " + shelf), () -> listed(shelf, after));
  }

  private List<ObjectInfo> listed(Shelf shelf, String after) throws ObjectFailure {
    grants.require(shelf);
    List<ObjectInfo> infos = new ArrayList<>();
    Pages.Walk walk = (from, most) -> names(shelf, from, most);
    for (Heads.Named named : pages.page(shelf, after, System.nanoTime(), walk)) {
      ObjectRef ref = ObjectRef.of(shelf, named.content().name());
      infos.add(info(ref, named, listedFiles(ref, named)));
    }
    return infos;
  }

  private TreeMap<String, Heads.Named> names(Shelf shelf, String after, int most)
      throws ObjectFailure {
    TreeMap<String, Heads.Named> names = new TreeMap<>();
    for (OwnerId owner : authority.owners(shelf)) {
      lister.list(Authority.space(shelf), owner, after, most, names);
    }
    return names;
  }

  /** A folder whose manifest can't be read now is listed all the same. */
  private List<ObjectInfo.FileEntry> listedFiles(ObjectRef ref, Heads.Named named) {
    try {
      return files(ref, named);
    } catch (ObjectFailure e) {
      System.getLogger(Pipeline.class.getName())
          .log(System.Logger.Level.INFO, "listed without its files: {0}", e.getMessage());
      return List.of();
    }
  }

  @Override
  public void delete(ObjectRef ref) throws ObjectFailure {
    guard(
        "delete",
        ref,
        () -> {
          store.delete(ref);
          return null;
        });
    meters.add(Count.DELETED);
  }

  @Override
  public Survival survey(ObjectRef ref) throws ObjectFailure {
    return guard(
        "survey",
        ref,
        () -> {
          grants.require(ref.shelf());
          Heads.Named named = opener.find(ref, false);
          return surveyor.survey(opener.extent(ref, named).object().descriptor());
        });
  }

  @Override
  public Map<String, Long> sources() {
    return sources.read();
  }

  /** What was counted. */
  public ObjectMeters meters() {
    return meters;
  }

  /** What it can't do, and why; empty where all goes well. */
  public String trouble() {
    int newer = journal.newer();
    String waits = newer + " errands of a newer release wait for it: install one that knows them";
    return Stream.of(failures().trouble(), newer == 0 ? "" : waits)
        .filter(each -> !each.isEmpty())
        .collect(Collectors.joining("; "));
  }

  /** What went wrong in its own work, of which no caller hears. */
  public tv.hearth.support.thread.Failures failures() {
    return workers.failures();
  }

  @Override
  public void close() {
    services.shut();
    workers.ending();
    remote.close();
    workers.close();
  }
}
