package tv.hearth.support.release;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Bundle;

/** What a bundle has in it, which is what counts: its framework may keep it in any form. */
final class BundleContent {
  private static final int BUFFER = 1 << 14;

  private BundleContent() {}

  /** Whether bundle and jar have the same files with the same bytes. */
  static boolean is(Bundle bundle, InputStream jar) throws IOException {
    Set<String> left = files(bundle, "/", new HashSet<>());
    try (ZipInputStream zip = new ZipInputStream(jar)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.isDirectory()) {
          continue;
        }
        URL url = left.remove(entry.getName()) ? bundle.getEntry(entry.getName()) : null;
        if (url == null || !sameBytes(url, zip)) {
          return false;
        }
      }
    }
    return left.isEmpty();
  }

  /** By getEntryPaths, which, other than findEntries, resolves nothing. */
  static Set<String> files(Bundle bundle, String folder, Set<String> into) {
    Enumeration<String> paths = bundle.getEntryPaths(folder);
    while (paths != null && paths.hasMoreElements()) {
      String path = paths.nextElement();
      if (path.endsWith("/")) {
        files(bundle, path, into);
      } else {
        into.add(path);
      }
    }
    return into;
  }

  private static boolean sameBytes(URL url, InputStream other) throws IOException {
    byte[] a = new byte[BUFFER];
    byte[] b = new byte[BUFFER];
    try (InputStream in = url.openStream()) {
      int read;
      do {
        read = in.readNBytes(a, 0, BUFFER);
        int same = other.readNBytes(b, 0, BUFFER);
        if (read != same || !Arrays.equals(a, 0, read, b, 0, same)) {
          return false;
        }
      } while (read == BUFFER);
    }
    return true;
  }
}
