package tv.hearth.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tv.hearth.crypto.signature.PublicKeys;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.tuf.FolderStore;
import tv.hearth.launcher.tuf.HttpSource;
import tv.hearth.launcher.tuf.TargetFolder;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufClient;
import tv.hearth.tuf.client.TufException;
import tv.hearth.tuf.client.TufLimits;

/** {@code hearth tuf}: the client of The Update Framework that a box runs, from the shell. */
@Command(
    name = "tuf",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = 1,
    synopsisSubcommandLabel = "(init ROOT.json | refresh | download)",
    description = {
      "Verify the metadata of a repository of The Update Framework, and download its "
          + "targets, by the code that a box updates by.",
      "Exit status 0: all of it succeeded; else 1."
    },
    footerHeading = "%nFor example:%n",
    footer = {
      "  hearth tuf --metadata-dir trusted init root.json",
      "  hearth tuf --metadata-dir trusted \\",
      "      --metadata-url https://example.com/metadata refresh",
      "  hearth tuf --metadata-dir trusted \\",
      "      --metadata-url https://example.com/metadata \\",
      "      --target-name release/hearth/0.2.0.json \\",
      "      --target-base-url https://example.com/targets --target-dir . download"
    })
public final class Tuf {
  @Spec private CommandSpec spec;

  @Option(
      names = "--metadata-dir",
      paramLabel = "D",
      description = "Folder of the trusted metadata: root.json, timestamp.json, …")
  private Path metadataDir;

  @Option(names = "--metadata-url", paramLabel = "U", description = "Where the metadata lies")
  private String metadataUrl;

  @Option(
      names = "--target-name",
      paramLabel = "N",
      description = "Target to download; may repeat: in this order, until one fails")
  private List<String> targetNames = List.of();

  @Option(names = "--target-base-url", paramLabel = "B", description = "Where the targets lie")
  private String targetBaseUrl;

  @Option(names = "--target-dir", paramLabel = "T", description = "Folder for downloaded targets")
  private Path targetDir;

  @Command(
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = 1,
      description = "Trust a root that came by a way you trust. Fetches nothing.")
  int init(
      @Parameters(paramLabel = "ROOT.json", description = "The root, signed by itself") Path root)
      throws IOException {
    need("--metadata-dir", metadataDir);
    new FolderStore(metadataDir).write("root.json", Files.readAllBytes(root));
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = 1,
      description = "Bring the trusted metadata up to date.")
  int refresh() throws IOException {
    refreshed();
    return 0;
  }

  @Command(
      mixinStandardHelpOptions = true,
      exitCodeOnInvalidInput = 1,
      description = "Refresh, then download targets; one that is there already is not fetched.")
  int download() throws IOException {
    need("--target-name", targetNames.isEmpty() ? null : targetNames);
    need("--target-base-url", targetBaseUrl);
    need("--target-dir", targetDir);
    HttpSource source = new HttpSource(targetBaseUrl, InstantSource.system());
    TufClient client = refreshed();
    TargetFolder folder = new TargetFolder(targetDir);
    try {
      for (String name : targetNames) {
        download(client, name, source, folder);
      }
    } catch (TufException e) {
      throw new LauncherException(e.getMessage(), e);
    }
    return 0;
  }

  private static void download(
      TufClient client, String name, HttpSource source, TargetFolder folder)
      throws IOException, TufException {
    TargetFile target =
        client
            .target(name)
            .orElseThrow(() -> new LauncherException("no trusted metadata has '" + name + "'"));
    if (!folder.has(target)) {
      folder.fetch(target, source, client.consistentSnapshot());
    }
    System.out.println(folder.path(name));
  }

  private TufClient refreshed() throws IOException {
    need("--metadata-dir", metadataDir);
    need("--metadata-url", metadataUrl);
    InstantSource clock = InstantSource.system();
    HttpSource source = new HttpSource(metadataUrl, clock);
    FolderStore store = new FolderStore(metadataDir);
    TufClient client = new TufClient(store, source, new PublicKeys(), clock, TufLimits.standard());
    try {
      client.refresh();
      return client;
    } catch (TufException e) {
      throw new LauncherException(e.getMessage(), e);
    }
  }

  private void need(String option, Object value) {
    if (value == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: " + option);
    }
  }
}
