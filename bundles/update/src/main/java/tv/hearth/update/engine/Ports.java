package tv.hearth.update.engine;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.UpdateException;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.release.ReleaseFile;
import tv.hearth.update.PayloadFetcher.Traffic;

/** What the engine needs of the world. */
public final class Ports {
  private Ports() {}

  /** The operator's repository. */
  public interface Repository {
    /**
     * Brings signed metadata up to date and reads a release.
     *
     * @throws UpdateException UNREACHABLE, UNTRUSTED, UNKNOWN_TARGET, BAD_RELEASE, STORAGE
     */
    Signed find(String target, BooleanSupplier cancelled) throws UpdateException;

    /** Fetches a payload into the store's file for it, whole and checked. */
    Traffic fetch(TargetFile target, String sha256, BooleanSupplier cancelled)
        throws UpdateException;
  }

  /** A release, and its bundles' targets by symbolic name, as signed metadata has them. */
  public record Signed(ReleaseFile release, Map<String, TargetFile> targets) {
    /** Copies. */
    public Signed {
      targets = Map.copyOf(targets);
    }
  }

  /** The framework's resolver, asked without doing. */
  public interface Resolver {
    /**
     * Whether the release's bundles would resolve beside everything that is not exchanged.
     *
     * @param touched ids of the bundles that will be exchanged or restarted
     * @throws UpdateException UNRESOLVABLE with the reason
     */
    void check(ReleaseFile release, Set<Long> touched) throws UpdateException;
  }

  /** What the firmware came with. */
  public interface Firmware {
    /** The bundles that are there, as a set with counter 0. */
    SetRecord adopt() throws UpdateException;

    /**
     * Takes a copy of what a bundle has now into the store.
     *
     * @param unit whose jar is to be had nowhere any more
     * @return the same bundle, with the copy's hash and length
     */
    UnitRecord keep(UnitRecord unit) throws UpdateException;
  }

  /** How the box is. */
  public interface Vitals {
    /**
     * Where the operator's broker is, {@code HOST:PORT}, while this box is connected with it; empty
     * while it is not.
     */
    String line();

    /** What the manifests of what runs say that it offers, {@code INTERFACE BUNDLE} each. */
    List<String> stated();

    /** Whether anything takes a connection there; true where that can't be said. */
    boolean answers(String broker);

    /** What our bundles offer now: {@code INTERFACE BUNDLE}. */
    List<String> services();

    /** Bundles of which a health probe fails or a component can't be activated now, with why. */
    Map<String, String> ailing();

    /** Bundles of a set that are not running now. */
    List<String> idle(SetRecord set);

    /** False while the framework is on its way down: then nothing of this says anything. */
    boolean isUp();
  }

  /** Applies a set's configuration. */
  public interface Configurations {
    /** Idempotent. */
    void apply(SetRecord set) throws UpdateException;
  }

  /** Who exchanges what the engine is itself part of. */
  public interface Anchor {
    /** Asks for it; false where there is none. */
    boolean takeOver();
  }

  /** Time that passes. */
  public interface Pause {
    /** Waits about a second; false where the engine is to end now. */
    boolean second();

    /** True where the engine is to end now; what is under way is gone on with at the next start. */
    boolean isClosed();
  }

  /** Who hears of operations. */
  public interface Audience {
    /** A phase was reached. */
    void changed(Operation operation);
  }

  /** Checks what came against what the release said of it. */
  public interface JarCheck {
    /** Throws BAD_RELEASE where the jar's manifest is not the one the release repeats. */
    void check(UnitRecord unit, Map<String, String> headers) throws UpdateException;
  }
}
