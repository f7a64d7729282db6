package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.command.Common;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.OwnIds;
import tv.hearth.launcher.ui.Output;

/** How a command reaches the headend: this machine's neighbourhood, or one elsewhere. */
public final class Line {
  @Mixin private Common common;

  @Option(
      names = "--headend",
      paramLabel = "URL",
      description = "A headend elsewhere, https://HOST:PORT; needs --operator")
  private String headend;

  @Option(
      names = "--operator",
      paramLabel = "DIR",
      description =
          "The operator's folder: anchor.pem and operator/, the certificate that steers the fleet")
  private Path operator;

  /** Its pages. */
  public FleetClient client() throws IOException {
    if ((headend == null) != (operator == null)) {
      throw new LauncherException("--headend and --operator go together");
    }
    return headend == null
        ? new FleetClient(common.hood())
        : new FleetClient(headend, OperatorKeys.consoleTls(operator));
  }

  /** Where to write. */
  public Output output() {
    return common.output();
  }

  /** The registry's boxes; where it knows no claims, with those of this machine's places. */
  JsonNode claimed(JsonNode boxes) throws IOException {
    return headend == null ? OwnIds.claimed(common.hood(), boxes) : boxes;
  }

  /** The claims of box {@code number} of this machine's neighbourhood, the present one first. */
  List<String> claimsOf(int number) throws IOException {
    if (headend != null) {
      throw new LauncherException("name boxes of another headend by their ids, not by numbers");
    }
    Hood hood = common.hood();
    return hood.claimsOf(hood.boxes(List.of(number)).get(0));
  }
}
