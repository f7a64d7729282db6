package tv.hearth.update.plan;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.tuf.release.ReleaseFile;
import tv.hearth.update.engine.Ports;

/** Holds a jar's manifest against the headers that its release repeats. */
public final class JarManifests implements Ports.JarCheck {
  private static final int MOST_ENTRIES = 65_536;

  private final BundleStore store;

  /** Over the store. */
  public JarManifests(BundleStore store) {
    this.store = store;
  }

  @Override
  public void check(UnitRecord unit, Map<String, String> headers) throws UpdateException {
    Attributes own;
    try (ZipInputStream zip = new ZipInputStream(new BufferedInputStream(store.open(unit)))) {
      own = manifest(zip, unit).getMainAttributes();
    } catch (IOException e) {
      throw new UpdateException(
          Problem.BAD_RELEASE, unit.symbolicName() + " is no jar: " + e.getMessage(), e);
    }
    Set<String> different = new TreeSet<>();
    for (String header : ReleaseFile.HEADERS) {
      String said = headers.get(header);
      String is = own.getValue(header);
      if (said == null ? is != null : !said.equals(is)) {
        different.add(header);
      }
    }
    if (!different.isEmpty()) {
      throw new UpdateException(
          Problem.BAD_RELEASE,
          unit.symbolicName() + " is not as the release says in " + String.join(", ", different));
    }
  }

  private static Manifest manifest(ZipInputStream zip, UnitRecord unit) throws IOException {
    ZipEntry entry = zip.getNextEntry();
    for (int i = 0; entry != null && i < MOST_ENTRIES; i++) {
      if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
        return new Manifest(zip);
      }
      entry = zip.getNextEntry();
    }
    throw new IOException("no manifest in " + unit.symbolicName());
  }
}
