package tv.hearth.objects.put;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.BackOff;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.errand.Errand;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.name.Heads;
import tv.hearth.objects.name.Objects;
import tv.hearth.objects.read.OpenObject;
import tv.hearth.objects.read.Opener;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * Makes what was put visible: pieces first, then the head, then the word to keep them; and deletes
 * what a head no longer points to. Thread-safe.
 */
public final class Committer {
  private static final System.Logger LOG = System.getLogger(Committer.class.getName());
  private final Putter putter;
  private final Heads heads;
  private final Objects objects;
  private final Opener opener;
  private final Aftercare aftercare;
  private final Unfinished unfinished;
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
      Workers workers,
      BackOff backOff) {
    this.putter = putter;
    this.heads = heads;
    this.objects = objects;
    this.opener = opener;
    this.aftercare = aftercare;
    this.unfinished = new Unfinished(aftercare, workers, backOff);
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
  public Stored store(
      Putter.Job job, String name, Function<Putter.Done, HeadContent> content, Heads.Named basis)
      throws ObjectFailure {
    Putter.Done done = putter.put(job);
    Heads.Written written;
    Aftercare.Pledge pledge;
    try {
      pledge =
          aftercare.pledge(
              job.shelf(), job.owner(), done.stored().object(), done.holders(), done.lease());
      written =
          heads.write(job.shelf(), job.owner(), name, content.apply(done), basis, pledge::about);
    } catch (ObjectFailure | RuntimeException e) {
      putter.takeBack(job, done.stored().object(), done.holders());
      throw e;
    }
    objects.wrote(done.descriptor());
    committed(name, () -> pledge.honour(done.placed()));
    forgetOld(job.shelf(), name, written.before());
    return new Stored(done, written);
  }

  /** What was put, and the head that says so. */
  public record Stored(Putter.Done done, Heads.Written written) {}

  /** From here on the object is there: whatever fails now is for the log, not for the caller. */
  private static void committed(String name, Runnable rest) {
    try {
      rest.run();
    } catch (RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "'" + name + "' is stored; what follows on that is done after the next start",
          e);
    }
  }

  /** Deletes, in the background, what these heads pointed to. */
  public void forgetOld(Shelf shelf, String name, Heads.Named before) {
    for (HeadRecord head : before.siblings().heads()) {
      if (!head.deleted()) {
        committed(
            name,
            () -> unfinished.begin(aftercare.forget(shelf, before.owner(), head), this::forget));
      }
    }
  }

  /** Goes on with what this box was doing when it was stopped. */
  public void resume(List<Errand> errands) {
    for (Errand errand : errands) {
      boolean commit = errand.kind() == Errand.Kind.COMMIT;
      unfinished.resume(errand, commit ? this::commit : this::forget);
    }
  }

  /** A head that was being published, in whatever part: it is now, unless others wrote since. */
  private void commit(Errand errand) throws ObjectFailure {
    if (heads.resume(errand.owner(), errand.message().toArray())) {
      aftercare.committed(errand);
    } else {
      LOG.log(
          System.Logger.Level.INFO,
          "{0} was cut short by a stop and others wrote since: its pieces go with their lease",
          errand.id());
    }
  }

  private void forget(Errand errand) throws ObjectFailure {
    Shelf shelf = errand.shelf();
    OwnerId owner = errand.owner();
    HeadContent content = heads.open(Authority.space(shelf), head(errand));
    if (content.place() instanceof HeadContent.Packed) {
      entries.remove(owner, content.durability(), (HeadContent.Packed) content.place());
      return;
    }
    OpenObject object = opener.open(Authority.space(shelf), owner, content);
    Set<BoxId> holders = new HashSet<>();
    for (int i = 0; i < object.descriptor().segmentRoots().size(); i++) {
      holders.addAll(objects.placement(object.descriptor(), i, false).holders());
    }
    if (object.home()) {
      holders.add(putter.self());
    }
    aftercare.erase(shelf, owner, object.descriptor().object(), holders);
  }

  private static HeadRecord head(Errand errand) throws ObjectFailure {
    try {
      return HeadRecord.decode(errand.message().toArray());
    } catch (RecordException e) {
      throw new ObjectFailure(ObjectFailure.Problem.DAMAGED, errand.id() + ": " + e, e);
    }
  }
}
