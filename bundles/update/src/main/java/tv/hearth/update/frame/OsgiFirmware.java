package tv.hearth.update.frame;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.BundleRepacker;
import tv.hearth.support.release.BundleStore;
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
  private static final int ORDER = 500;
  private static final int FIRST = 100;

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
    return new SetRecord("", "firmware", "0", 0, 0, units, Map.of());
  }

  private UnitRecord unit(Frame.Placed bundle) throws IOException, FrameException {
    boolean isBasic =
        bundle.symbolicName().startsWith("tv.hearth.lib.")
            || bundle.symbolicName().equals("tv.hearth.api");
    int order = isBasic ? FIRST : ORDER;
    long[] length = new long[1];
    String sha256;
    String source = bundle.location();
    if (isInFirmware(bundle)) {
      sha256 = BundleStore.hash(counted(BundleStore.source(source), length));
    } else {
      source = "";
      sha256 = store.copy(counted(new BundleRepacker(system.getBundle(bundle.id())).jar(), length));
    }
    return new UnitRecord(
        bundle.symbolicName(), bundle.version(), sha256, length[0], order, source);
  }

  private boolean isInFirmware(Frame.Placed bundle) throws FrameException {
    try {
      return frame.holds(bundle.id(), BundleStore.source(bundle.location()));
    } catch (IOException none) {
      return false;
    }
  }

  private static InputStream counted(InputStream in, long[] count) {
    return new java.io.FilterInputStream(in) {
      @Override
      public int read() throws IOException {
        int b = super.read();
        count[0] += b < 0 ? 0 : 1;
        return b;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count[0] += Math.max(0, n);
        return n;
      }
    };
  }
}
