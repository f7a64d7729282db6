package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth ls}. */
@Command(
    name = "ls",
    mixinStandardHelpOptions = true,
    description = "List the operator's films, or with --box a household's own objects.")
public final class Ls implements Callable<Integer> {
  @Mixin private Common common;

  @Option(names = "--box", paramLabel = "N", description = "The household of box N")
  private Integer box;

  @Override
  public Integer call() {
    Output out = common.output();
    Hood hood = common.hood();
    Objects shelf = new Objects(hood, box == null ? 0 : box, box == null);
    JsonNode objects = Advice.with(hood, shelf::list);
    if (objects.isEmpty()) {
      out.say("nothing stored yet: hearth put FILE" + (box == null ? "" : " --box " + box));
    }
    List<String> names = new ArrayList<>();
    objects.forEach(object -> names.add(object.get("name").asText()));
    Set<String> twins = Names.twins(names);
    for (JsonNode object : objects) {
      JsonNode survives = object.get("survives");
      out.say(
          Words.format(
              "%-32s %10s  %-10s  %2d of %2d, placed to survive %2d  %s",
              object.get("name").asText(),
              Words.bytes(object.get("length").asLong()),
              object.get("class").asText(),
              survives.get("k").asInt(),
              survives.get("n").asInt(),
              survives.get("losses").asInt(),
              object.get("siblings").asInt() > 1
                  ? object.get("siblings").asInt() + " versions compete"
                  : ""));
      String name = object.get("name").asText();
      if (twins.contains(name)) {
        out.say("    looks like another one; spelled " + Names.spelled(name));
      }
    }
    if (!objects.isEmpty()) {
      out.say("'hearth status' says which of them can be read now");
    }
    out.result(Map.of("objects", objects));
    return 0;
  }
}
