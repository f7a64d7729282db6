package tv.hearth.update.engine;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import tv.hearth.api.update.Operation.Phase;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.Disk;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.update.PayloadFetcher.Traffic;

/** All that is done before anything is switched: a failure here leaves the box as it was. */
public final class Staging {
  private static final Logger LOG = System.getLogger(Staging.class.getName());

  private final Ledger ledger;
  private final Disk disk;
  private final BundleStore store;
  private final Exchange exchange;
  private final Needs needs;
  private final BooleanSupplier stop;

  /**
   * What staging asks of the world.
   *
   * @param model of this box
   * @param level of the neighbourhood; 0 where it is not known now
   * @param reserveBytes that stay free on the disk
   */
  public record Needs(
      Ports.Repository repository,
      Ports.Firmware firmware,
      Ports.Resolver resolver,
      Ports.JarCheck jars,
      BooleanSupplier hasAnchor,
      String model,
      IntSupplier level,
      long reserveBytes) {}

  /**
   * Over its ports.
   *
   * @param stop whether to end before the end: asked for by the caller, or by who stops the agent
   */
  public Staging(
      Ledger ledger,
      Disk disk,
      BundleStore store,
      Exchange exchange,
      Needs needs,
      BooleanSupplier stop) {
    this.ledger = ledger;
    this.disk = disk;
    this.store = store;
    this.exchange = exchange;
    this.needs = needs;
    this.stop = stop;
  }

  /**
   * A release that can be switched to.
   *
   * @param set of its bundles, all of them in the store and checked
   * @param bundles as they were signed
   */
  record Staged(SetRecord set, List<ReleaseBundle> bundles) {}

  /** Makes the operation's release ready. */
  Staged stage(OperationRecord operation) throws UpdateException {
    try {
      phase(Phase.REFRESHING);
      Ports.Signed signed = needs.repository().find(operation.target(), stop);
      phase(Phase.PLANNING);
      SetRecord good = good();
      SetRecord set =
          withSources(
              Rules.set(
                  operation.target(),
                  signed,
                  needs.model(),
                  needs.level().getAsInt(),
                  good,
                  ledger.now().floor()),
              good);
      plan(signed, set);
      phase(Phase.FETCHING);
      fetch(signed, set);
      phase(Phase.VERIFYING);
      verify(signed, set);
      keepWayBack(good);
      return new Staged(set, signed.release().bundles());
    } catch (IOException e) {
      throw new UpdateException(
          Problem.STORAGE, "the store can't be read or written: " + e.getMessage(), e);
    } catch (FrameException e) {
      throw new UpdateException(Problem.UNRESOLVABLE, e.getMessage(), e);
    }
  }

  /**
   * A jar of the good set may be damaged, or gone with the firmware that had it: the framework
   * still has what runs.
   */
  private void keepWayBack(SetRecord good) throws UpdateException, IOException {
    List<UnitRecord> units = new ArrayList<>();
    boolean isWhole = true;
    for (UnitRecord unit : good.units()) {
      boolean isThere = store.has(unit);
      isWhole &= isThere;
      units.add(isThere ? unit : needs.firmware().keep(unit));
    }
    if (!isWhole) {
      SetRecord kept = good.with(units);
      ledger.change(s -> s.withGood(kept));
    }
  }

  /** Frees what no set needs any more. */
  void clean() {
    State state = ledger.now();
    Set<String> needed = new HashSet<>();
    Stream.of(state.good(), state.previous(), state.trial())
        .flatMap(set -> set.stream())
        .flatMap(set -> set.units().stream())
        .forEach(unit -> needed.add(unit.sha256()));
    try {
      store.keepOnly(needed);
    } catch (IOException e) {
      // Costs room, and is mended by the next time.
      LOG.log(Level.WARNING, "the store of bundles can't be cleaned: {0}", e.getMessage());
    }
  }

  private SetRecord good() throws UpdateException {
    State state = ledger.now();
    if (state.good().isPresent() && !state.good().get().isFirmware()) {
      return state.good().get();
    }
    SetRecord firmware = needs.firmware().adopt();
    ledger.change(s -> s.withGood(firmware));
    return firmware;
  }

  private void plan(Ports.Signed signed, SetRecord set)
      throws UpdateException, IOException, FrameException {
    Set<Long> touched = exchange.touched(set);
    boolean touchesSelf = exchange.touches(touched, Switch.SELF);
    if (touchesSelf && !needs.hasAnchor().getAsBoolean()) {
      throw new UpdateException(
          Problem.UNRESOLVABLE,
          "it exchanges " + Switch.SELF + ", and there is no anchor here to do that");
    }
    needs.resolver().check(signed.release(), touched);
    long bytes = 0;
    for (UnitRecord unit : set.units()) {
      if (!store.has(unit)) {
        bytes += unit.length();
      }
    }
    // The framework keeps a copy of its own of each bundle that is exchanged.
    long needed = 2 * bytes + needs.reserveBytes();
    if (disk.free() < needed) {
      throw new UpdateException(
          Problem.NO_ROOM,
          "it needs " + needed + " bytes of flash, and " + disk.free() + " are free");
    }
  }

  private void fetch(Ports.Signed signed, SetRecord set) throws UpdateException, IOException {
    Traffic traffic = Traffic.NONE;
    for (UnitRecord unit : set.units()) {
      if (ledger.isCancelled() || stop.getAsBoolean()) {
        throw new UpdateException(Problem.CANCELLED, "ended while it was fetched");
      }
      if (!store.has(unit)) {
        traffic =
            traffic.plus(
                needs
                    .repository()
                    .fetch(signed.targets().get(unit.symbolicName()), unit.sha256(), stop));
        store.take(unit.sha256());
      }
    }
    Traffic all = traffic;
    ledger.change(
        s -> s.with(s.running().orElseThrow().moved(all.originBytes(), all.neighbourBytes())));
  }

  private void verify(Ports.Signed signed, SetRecord set) throws UpdateException {
    for (ReleaseBundle bundle : signed.release().bundles()) {
      Map<String, String> headers = bundle.headers();
      UnitRecord unit = set.unit(bundle.symbolicName()).orElseThrow();
      needs.jars().check(unit, headers);
    }
  }

  /** A bundle that did not change lies where it lay. */
  private static SetRecord withSources(SetRecord set, SetRecord good) {
    return set.with(set.units().stream().map(unit -> sourced(unit, good)).toList());
  }

  private static UnitRecord sourced(UnitRecord unit, SetRecord good) {
    String source =
        good.unit(unit.symbolicName())
            .filter(old -> old.sha256().equals(unit.sha256()))
            .map(UnitRecord::source)
            .orElse("");
    return new UnitRecord(
        unit.symbolicName(), unit.version(), unit.sha256(), unit.length(), unit.order(), source);
  }

  private void phase(Phase phase) throws UpdateException {
    if (ledger.isCancelled() || stop.getAsBoolean()) {
      throw new UpdateException(Problem.CANCELLED, "ended before the switch");
    }
    ledger.change(s -> s.with(s.running().orElseThrow().in(phase.name())));
  }
}
