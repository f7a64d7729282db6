package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;
import tv.hearth.release.KeyFile;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.Repository;
import tv.hearth.release.SignedFile;

/** {@code hearth release sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Add signatures to staged metadata.",
      "Needs that file and the key alone, so that it can be done on a machine that is never "
          + "online: carry the file there and back."
    })
final class Sign extends Tool {
  @Parameters(paramLabel = "FILE", description = "Staged metadata, e.g. 1.targets.json")
  private Path file;

  @Option(
      names = "--key",
      required = true,
      arity = "1..*",
      paramLabel = "K",
      description = "Secret keys to sign by")
  private List<Path> keys;

  @Mixin private Passphrase passphrase;

  @Override
  void run(Output out) throws IOException, ReleaseToolException {
    SignedFile signed = null;
    for (Path key : keys) {
      signed = Repository.sign(file, passphrase.open(key));
      out.say("signed by " + KeyFile.publicPath(key));
    }
    out.say(file + "  has " + Words.count(signed.signatures().size(), "signature", "signatures"));
    out.result(Map.of("file", file.toString(), "signers", signed.signatures().keySet()));
  }
}
