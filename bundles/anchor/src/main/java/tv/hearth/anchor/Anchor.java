package tv.hearth.anchor;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import tv.hearth.support.io.Home;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.Marks;
import tv.hearth.support.release.OsgiFrame;
import tv.hearth.support.release.Restart;

/**
 * Started by the framework, before {@code update}. Offers a {@link Runnable} with the service
 * property {@value #PROPERTY}: it asks the anchor to go on with an exchange that {@code update}
 * can't do, because it is in it itself.
 */
public final class Anchor implements BundleActivator {
  /** Service property of the anchor's Runnable. */
  public static final String PROPERTY = "hearth.anchor";

  private static final Logger LOG = System.getLogger(Anchor.class.getName());

  private Watch watch;
  private FolderDisk disk;

  @Override
  public void start(BundleContext context) {
    if (context.getProperty(Home.PROPERTY) == null) {
      LOG.log(Level.ERROR, "{0} is not set: no set of bundles can be restored", Home.PROPERTY);
      return;
    }
    try {
      disk = new FolderDisk(Home.folder(context, "update"));
      Journal journal = new Journal(disk);
      OsgiFrame frame = new OsgiFrame(context);
      Exchange exchange = new Exchange(frame, new BundleStore(disk), new Marks(disk));
      for (String failure : new Restart(journal, exchange, frame).run(System.currentTimeMillis())) {
        LOG.log(Level.ERROR, "not as the last good set wants it: {0}", failure);
      }
      watch = new Watch(new Guard(journal, exchange, frame, new Heart(context)::beats)::look);
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(PROPERTY, "1");
      context.registerService(Runnable.class, watch::wake, properties);
      watch.start();
    } catch (IOException | FrameException | RuntimeException e) {
      // Whatever it is: without a set to restore, the box runs what its firmware starts.
      LOG.log(Level.ERROR, "the last good set could not be looked after: " + e.getMessage(), e);
    }
  }

  @Override
  public void stop(BundleContext context) {
    if (watch != null) {
      watch.stop();
    }
    if (disk != null) {
      try {
        disk.close();
      } catch (IOException e) {
        LOG.log(Level.WARNING, "the lock of update's folder was not closed: " + e.getMessage());
      }
    }
  }
}
