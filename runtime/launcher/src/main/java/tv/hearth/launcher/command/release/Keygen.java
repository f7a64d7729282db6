package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.ui.Output;
import tv.hearth.release.KeyFile;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.SigningKey;

/** {@code hearth release keygen}. */
@Command(
    name = "keygen",
    mixinStandardHelpOptions = true,
    description = {
      "Make a signing key: FILE, which its owner alone may read, and FILE.pub to give away.",
      "Make it on a machine that is never online, and keep FILE there."
    })
final class Keygen extends Tool {
  @Parameters(paramLabel = "FILE", description = "Where the secret key goes")
  private Path file;

  @Option(
      names = "--scheme",
      paramLabel = "S",
      defaultValue = "composite",
      description =
          "composite: Ed25519 and ML-DSA-65, both must verify (default); ed25519: for online keys")
  private SigningKey.Scheme scheme;

  @Option(
      names = "--no-passphrase",
      description = "Leave the file unsealed, as an online key's must be")
  private boolean open;

  @Mixin private Passphrase passphrase;

  @Override
  void run(Output out) throws IOException, ReleaseToolException {
    SecureRandom random = new SecureRandom();
    SigningKey key = SigningKey.generate(scheme, random);
    KeyFile.write(file, key, passphrase.create(open), random);
    out.say(key.keyId() + "  " + KeyFile.publicPath(file));
    out.result(Map.of("keyid", key.keyId(), "public", KeyFile.publicPath(file).toString()));
  }
}
