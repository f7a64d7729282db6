package tv.hearth.launcher.command.fleet;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that cut an update into stages; going back has one. */
public final class Stages {
  @Option(
      names = "--canary",
      paramLabel = "P",
      defaultValue = "5%",
      description = "Share of the boxes that go first, at least one (default: ${DEFAULT-VALUE})")
  private String canary;

  @Option(
      names = "--stage",
      paramLabel = "P",
      description = "Shares between the canary and all; may repeat: --stage 25%% --stage 50%%")
  private List<String> stages = List.of();

  /** In percent, those before the last one, which is everybody's. */
  List<Integer> shares() {
    List<Integer> shares = new ArrayList<>();
    shares.add(Plans.percent(canary));
    stages.forEach(stage -> shares.add(Plans.percent(stage)));
    if (shares.get(shares.size() - 1) == Plans.ALL) {
      shares.remove(shares.size() - 1);
    }
    return shares;
  }
}
