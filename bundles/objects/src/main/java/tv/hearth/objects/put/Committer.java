package tv.hearth.objects.put;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.name.Objects;
import tv.hearth.objects.read.OpenObject;
import tv.hearth.objects.read.Opener;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * Makes what was put visible: pieces first, then the head, then the word to keep them; and deletes
 * what a head no longer points to. Thread-safe.
 */
public final class Committer {
  private final Putter putter;
  private final Heads heads;
  private final Objects objects;
  private final Opener opener;
  private final Aftercare aftercare;
  private final Workers workers;
  private volatile EntryRemover entries = (owner, durability, place) -> {};

  /** Told when a name no longer points to a pack's entry. */
  @FunctionalInterface
  public interface EntryRemover {
    /** The entry is garbage. */
    void remove(OwnerId owner, DurabilityClass durability, HeadContent.Packed place)
        throws ObjectFailure;
  }

  /** Over putter and heads. */
  public Committer(
      Putter putter,
      Heads heads,
      Objects objects,
      Opener opener,
      Aftercare aftercare,
      Workers workers) {
    this.putter = putter;
    this.heads = heads;
    this.objects = objects;
    this.opener = opener;
    this.aftercare = aftercare;
    this.workers = workers;
  }

  /** Says who looks after packs. */
  public void entries(EntryRemover remover) {
    entries = remover;
  }

  /**
   * Puts, commits under a name, deletes the versions before it.
   *
   * @param basis heads that the new one follows on; null: those that are there when it is written
   */
  public Putter.Done store(
      Putter.Job job, String name, Function<Putter.Done, HeadContent> content, Heads.Named basis)
      throws ObjectFailure {
    Putter.Done done = putter.put(job);
    Heads.Named before;
    try {
      before = heads.write(job.shelf(), job.owner(), name, content.apply(done), basis);
    } catch (ObjectFailure | RuntimeException e) {
      putter.takeBack(job, done.stored().object(), done.holders());
      throw e;
    }
    objects.wrote(done.descriptor());
    aftercare.keep(job.shelf(), job.owner(), done.stored().object(), done.holders(), done.placed());
    forgetOld(job.shelf(), before);
    return done;
  }

  /** Deletes, in the background, what these heads pointed to. */
  public void forgetOld(Shelf shelf, Heads.Named before) {
    for (HeadRecord head : before.siblings().heads()) {
      if (!head.deleted()) {
        workers.later(0, () -> forget(shelf, before.owner(), head));
      }
    }
  }

  private void forget(Shelf shelf, OwnerId owner, HeadRecord head) {
    try {
      HeadContent content = heads.open(Authority.space(shelf), head);
      if (content.place() instanceof HeadContent.Packed) {
        HeadContent.Packed place = (HeadContent.Packed) content.place();
        entries.remove(owner, content.durability(), place);
        return;
      }
      OpenObject object = opener.open(Authority.space(shelf), owner, content);
      Set<BoxId> holders = new HashSet<>();
      for (int i = 0; i < object.descriptor().segmentRoots().size(); i++) {
        holders.addAll(objects.placement(object.descriptor(), i, false).holders());
      }
      aftercare.erase(shelf, owner, object.descriptor().object(), holders);
      if (object.home()) {
        putter.eraseAtHome(owner, object.descriptor().object());
      }
    } catch (ObjectFailure | RuntimeException e) {
      System.getLogger(Committer.class.getName())
          .log(System.Logger.Level.WARNING, "an old version stays: {0}", e.getMessage());
    }
  }
}
