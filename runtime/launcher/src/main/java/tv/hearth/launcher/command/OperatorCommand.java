package tv.hearth.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Output;
import tv.hearth.support.net.HostPort;

/** {@code hearth operator …}: what is done with the operator's keys. */
@Command(
    name = "operator",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Work with the operator's keys: claims, certificates, and the epoch.")
public final class OperatorCommand {
  /** Certificates of two years that are made anew in place. */
  enum Which {
    OPERATOR,
    CONTROLLER,
    BROKER
  }

  /** Whose keys. */
  static final class Keys {
    @Mixin private Common common;

    @Option(
        names = "--operator",
        paramLabel = "DIR",
        description = "The operator's folder (default: that of this machine's neighbourhood)")
    private Path folder;

    OperatorKeys open() throws IOException {
      return OperatorKeys.open(folder != null ? folder : common.folder().resolve("operator"));
    }

    Output output() {
      return common.output();
    }
  }

  @Command(
      name = "raise-epoch",
      mixinStandardHelpOptions = true,
      description = {
        "The answer to a stolen map key or a lost headend: a new map key, and the root's "
            + "word that no map of an older key counts any more.",
        "Needs offline/root.key in the operator's folder.",
        "Then give the headend the new headend/ folder and start it again."
      })
  int raiseEpoch(@Mixin Keys keys) throws IOException {
    OperatorKeys operator = keys.open();
    if (!Files.exists(operator.rootKey())) {
      throw new LauncherException(
          operator.rootKey() + " is not there: bring the root's key from where it is kept");
    }
    int epoch = operator.raiseEpoch();
    Path credentials = operator.headendCredentials();
    keys.output()
        .say(
            "epoch "
                + epoch
                + ": give the headend "
                + credentials
                + ", start it again, and put the root's key away");
    keys.output().result(Map.of("epoch", epoch, "credentials", credentials.toString()));
    return 0;
  }

  @Command(
      name = "renew",
      mixinStandardHelpOptions = true,
      description = {
        "Make a new key and certificate of two years, in place: the operator's own, that of "
            + "controllers, or the broker's.",
        "Needs the headend's authorities in the operator's folder."
      })
  int renew(
      @Mixin Keys keys,
      @Parameters(paramLabel = "WHICH", description = "${COMPLETION-CANDIDATES}") Which which,
      @Option(
              names = "--name",
              paramLabel = "HOST",
              description = "DNS names and addresses of the broker, beside localhost")
          List<String> names)
      throws IOException {
    OperatorKeys operator = keys.open();
    Path made =
        switch (which) {
          case OPERATOR -> {
            operator.renewOperator();
            yield operator.operatorCertificate();
          }
          case CONTROLLER -> {
            operator.renewController();
            yield operator.controllerCertificate();
          }
          case BROKER -> {
            renewBroker(operator, names == null ? List.of() : names);
            yield operator.brokerCertificate();
          }
        };
    keys.output().say("wrote " + made + " and its key: put them where the old ones are used");
    keys.output().result(Map.of("certificate", made.toString()));
    return 0;
  }

  private static void renewBroker(OperatorKeys operator, List<String> names) throws IOException {
    List<String> dns = new ArrayList<>();
    List<String> addresses = new ArrayList<>();
    for (String name : names) {
      String host = HostPort.bare(name);
      boolean literal = HostPort.isIpv6(host) || host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
      (literal ? addresses : dns).add(host);
    }
    operator.renewBroker(dns, addresses);
  }

  @Command(
      name = "claim",
      mixinStandardHelpOptions = true,
      description = {
        "Make a claim code, a secret that lets one node enrol, as a file.",
        "A running headend learns of it by itself."
      })
  int claim(
      @Mixin Keys keys,
      @Option(names = "--ingest", description = "For an ingest node, not for a household's box")
          boolean ingest,
      @Option(
              names = "--in-place-of",
              paramLabel = "CLAIM-ID",
              defaultValue = "",
              description = "The box of that claim leaves when this one's comes; see 'box list'")
          String replaced)
      throws IOException {
    ClaimKind kind = ingest ? ClaimKind.INGEST : ClaimKind.BOX;
    Path file = keys.open().newClaim(kind, replaced);
    keys.output().say(file.toString());
    keys.output().result(Map.of("claim", file.toString()));
    return 0;
  }
}
