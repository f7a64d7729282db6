package tv.hearth.update.frame;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.BundleRepacker;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.Counted;
import tv.hearth.support.release.FirmwareSet;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.update.engine.Ports;

/**
 * Takes the bundles that the firmware installed for a set of counter 0. A jar that lies in the
 * firmware stays there; of what came another way a copy is made.
 */
public final class OsgiFirmware implements Ports.Firmware {
  private final BundleContext system;
  private final Frame frame;
  private final BundleStore store;

  /** Over the framework and the store. */
  public OsgiFirmware(BundleContext context, Frame frame, BundleStore store) {
    this.system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
    this.frame = frame;
    this.store = store;
  }

  @Override
  public SetRecord adopt() throws UpdateException {
    List<UnitRecord> units = new ArrayList<>();
    try {
      for (Frame.Placed bundle : frame.bundles()) {
        if (bundle.isManaged()) {
          units.add(unit(bundle));
        }
      }
    } catch (IOException | FrameException e) {
      throw new UpdateException(
          Problem.STORAGE, "the firmware's own bundles can't be kept: " + e.getMessage(), e);
    }
    return FirmwareSet.of(units);
  }

  @Override
  public UnitRecord keep(UnitRecord unit) throws UpdateException {
    Frame.Placed running =
        frame.bundles().stream()
            .filter(bundle -> bundle.symbolicName().equals(unit.symbolicName()))
            .findFirst()
            .orElseThrow(
                () ->
                    new UpdateException(
                        Problem.STORAGE,
                        unit.symbolicName()
                            + " of the set before is damaged and does not run: there is no way"
                            + " back"));
    try {
      return copied(running, unit.order());
    } catch (IOException e) {
      throw new UpdateException(
          Problem.STORAGE,
          unit.symbolicName()
              + " of the set before is damaged, and what runs can't be kept: "
              + e.getMessage(),
          e);
    }
  }

  private UnitRecord unit(Frame.Placed bundle) throws IOException, FrameException {
    int order = FirmwareSet.order(bundle.symbolicName());
    if (!isInFirmware(bundle)) {
      return copied(bundle, order);
    }
    try (Counted jar = new Counted(BundleStore.source(bundle.location()))) {
      String sha256 = BundleStore.hash(jar);
      return new UnitRecord(
          bundle.symbolicName(), bundle.version(), sha256, jar.bytes(), order, bundle.location());
    }
  }

  private UnitRecord copied(Frame.Placed bundle, int order) throws IOException {
    try (Counted jar = new Counted(new BundleRepacker(system.getBundle(bundle.id())).jar())) {
      String sha256 = store.copy(jar);
      return new UnitRecord(
          bundle.symbolicName(), bundle.version(), sha256, jar.bytes(), order, "");
    }
  }

  private boolean isInFirmware(Frame.Placed bundle) throws FrameException {
    try {
      return frame.holds(bundle.id(), BundleStore.source(bundle.location()));
    } catch (IOException none) {
      return false;
    }
  }
}
