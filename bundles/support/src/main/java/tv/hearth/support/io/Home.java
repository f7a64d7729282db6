package tv.hearth.support.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.osgi.framework.BundleContext;

/** The one configured root of all state ({@code hearth.home}), with a folder a bundle. */
public final class Home {
  /** Framework (or system) property: the root's path. */
  public static final String PROPERTY = "hearth.home";

  private Home() {}

  /**
   * The folder of the bundle that asks, created for its owner alone.
   *
   * @throws IllegalStateException where the property is not set; the message says how to
   */
  public static Path folder(BundleContext context, String bundle) {
    String root = context.getProperty(PROPERTY);
    if (root == null || root.isBlank()) {
      throw new IllegalStateException(
          "set the framework property " + PROPERTY + " to a folder for Hearth's state");
    }
    try {
      return DurableFiles.createFolder(Path.of(root).resolve(bundle));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "can't create " + bundle + " under " + PROPERTY + "=" + root + ": make it writable", e);
    }
  }
}
