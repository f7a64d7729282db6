package tv.hearth.support.release;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.Bundle;

/**
 * Makes a jar of a bundle's entries, the same bytes each time: for a bundle whose own jar can't be
 * had. Holds the jar in memory, so it is for bundles, not for films.
 */
public final class BundleRepacker {
  private static final String MANIFEST = "META-INF/MANIFEST.MF";

  private final Bundle bundle;

  /** Over an installed bundle. */
  public BundleRepacker(Bundle bundle) {
    this.bundle = bundle;
  }

  /** The jar. */
  public InputStream jar() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TreeSet<String> names = new TreeSet<>(BundleContent.files(bundle, "/", new HashSet<>()));
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      if (names.remove(MANIFEST)) {
        add(zip, MANIFEST);
      }
      for (String name : names) {
        add(zip, name);
      }
    }
    return new ByteArrayInputStream(bytes.toByteArray());
  }

  private void add(ZipOutputStream zip, String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    try (InputStream in = bundle.getEntry(name).openStream()) {
      in.transferTo(zip);
    }
    zip.closeEntry();
  }
}
