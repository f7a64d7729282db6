package tv.hearth.launcher.command;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Node;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop every process of the neighbourhood; what it stored stays in its folder.")
public final class Down implements Callable<Integer> {
  @Mixin private Common common;

  @Option(names = "--delete", description = "Delete the neighbourhood's folder, too")
  private boolean delete;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    Hood hood = common.hood();
    int boxes = hood.running().size();
    List<Node> others =
        Stream.of(hood.box(0), hood.headend(), hood.broker())
            .filter(node -> node.process().isPresent())
            .toList();
    Starter.down(hood);
    if (delete) {
      Hood.deleteTree(hood.folder());
    }
    List<String> names = others.stream().map(Node::name).toList();
    out.say(words(boxes, names) + (delete ? "; deleted " : "; kept ") + hood.folder());
    out.result(Map.of("stopped", boxes, "others", names, "deleted", delete));
    return 0;
  }

  /** What ran and was stopped: {@code stopped 8 boxes, ingest, headend and broker}. */
  static String words(int boxes, List<String> others) {
    List<String> all = new ArrayList<>();
    if (boxes > 0) {
      all.add(Words.count(boxes, "box", "boxes"));
    }
    others.forEach(name -> all.add(name.equals("ingest") ? "ingest node" : name));
    if (all.isEmpty()) {
      return "nothing ran";
    }
    String last = all.remove(all.size() - 1);
    return "stopped " + (all.isEmpty() ? last : String.join(", ", all) + " and " + last);
  }
}
