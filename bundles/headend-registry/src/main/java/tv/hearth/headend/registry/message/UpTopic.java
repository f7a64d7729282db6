package tv.hearth.headend.registry.message;

import java.util.List;
import java.util.Optional;
import tv.hearth.api.value.BoxId;

/**
 * A topic that a box publishes on: {@code hearth/v1/NEIGHBOURHOOD/box/BOX/up/KIND}. That the box
 * wrote there is the broker's access list's doing; records are verified all the same.
 */
record UpTopic(BoxId box, String kind) {
  private static final int PARTS = 7;

  /** The filters under which the kinds that the registry takes come. */
  static List<String> filters(String neighbourhood) {
    String all = "hearth/v1/" + neighbourhood + "/box/+/up/";
    return List.of(all + "state", all + "endpoint", all + "record");
  }

  /** Empty for any other topic. */
  static Optional<UpTopic> parse(String neighbourhood, String topic) {
    String[] parts = topic.split("/", PARTS + 1);
    boolean ours =
        parts.length == PARTS
            && topic.startsWith("hearth/v1/" + neighbourhood + "/box/")
            && parts[5].equals("up");
    if (!ours) {
      return Optional.empty();
    }
    try {
      return Optional.of(new UpTopic(new BoxId(parts[4]), parts[6]));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
