package tv.hearth.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Output;

/** {@code hearth rm}. */
@Command(
    name = "rm",
    mixinStandardHelpOptions = true,
    description = {
      "Delete a film, or with --box a household's object, by its owner's signed tombstone.",
      "A film is locked at once and erased after 30 days; a household's object is erased at "
          + "once."
    })
public final class Rm implements Callable<Integer> {
  @Mixin private Common common;

  @Parameters(paramLabel = "NAME", description = "The object's name")
  private String name;

  @Option(names = "--box", paramLabel = "N", description = "The household of box N")
  private Integer box;

  @Override
  public Integer call() {
    Output out = common.output();
    Hood hood = common.hood();
    Objects shelf = new Objects(hood, box == null ? 0 : box, box == null);
    var deleted = Advice.with(hood, () -> shelf.delete(name));
    out.say("deleted " + name);
    out.result(deleted);
    return 0;
  }
}
