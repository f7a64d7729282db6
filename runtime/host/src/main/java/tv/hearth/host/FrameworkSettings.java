package tv.hearth.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.osgi.framework.Constants;

/**
 * The framework properties of a node; all are documented by Felix, Equinox, FileInstall or Hearth.
 */
final class FrameworkSettings {
  private FrameworkSettings() {}

  static Map<String, String> of(Path node) {
    Map<String, String> settings = new HashMap<>();
    settings.put(Constants.FRAMEWORK_STORAGE, node.resolve("framework").toString());
    settings.put(
        Constants.FRAMEWORK_BEGINNING_STARTLEVEL, String.valueOf(BundleSet.LAST_START_LEVEL));
    settings.put("felix.cache.locking", "true");
    settings.put("felix.service.urlhandlers", "false");
    settings.put("ds.stop.timeout.milliseconds", "3000");
    settings.put("ds.lock.timeout.milliseconds", "3000");
    settings.put("felix.fileinstall.dir", node.resolve("etc").toString());
    settings.put("felix.fileinstall.filter", ".*\\.cfg");
    settings.put("felix.fileinstall.noInitialDelay", "true");
    settings.put("felix.fileinstall.enableConfigSave", "false");
    settings.put("felix.fileinstall.poll", "5000");
    settings.put("felix.fileinstall.tmpdir", node.resolve("tmp").toString());
    settings.put("hearth.home", node.resolve("home").toString());
    settings.put("hearth.node", node.toString());
    return settings;
  }
}
