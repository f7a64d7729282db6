package tv.hearth.launcher.command.release;

import picocli.CommandLine.Command;

/** {@code hearth release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Make, sign and publish releases.",
      "A release is signed by several people's offline keys; the web server and the broker "
          + "that bring it to the boxes need not be trusted."
    },
    footerHeading = "%nA first release:%n",
    footer = {
      "  mkdir keys",
      "  for n in 1 2 3 4 5; do hearth release keygen keys/root-$n; done",
      "  for n in 1 2 3; do hearth release keygen keys/release-$n; done",
      "  hearth release keygen --scheme ed25519 --no-passphrase keys/online",
      "  hearth release rotate --repository repo --root-key keys/root-*.pub \\",
      "      --release-key keys/release-*.pub --online-key keys/online.pub",
      "  for n in 1 2 3; do",
      "    hearth release sign repo/staged/1.root.json --key keys/root-$n; done",
      "  hearth release build --repository repo --name hearth --version 0.2.0 \\",
      "      --bundles runtime/box/target/export/box",
      "  for n in 1 2; do",
      "    hearth release sign repo/staged/1.targets.json --key keys/release-$n; done",
      "  hearth release publish --repository repo --online-key keys/online"
    },
    subcommands = {
      Keygen.class,
      Rotate.class,
      Build.class,
      Sign.class,
      Publish.class,
      Sample.class
    })
public final class Release {}
