package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Roll;
import tv.hearth.launcher.ui.Words;

/** What the headend's registry says of boxes, in a person's words. Immutable. */
final class Registered {
  private final Optional<Roll> roll;

  private Registered(Optional<Roll> roll) {
    this.roll = roll;
  }

  /** From the registry's answer; where none came nothing is said of anybody. */
  static Registered of(Hood hood, Questions.Answer boxes) {
    Optional<JsonNode> known = boxes.value();
    try {
      return new Registered(
          known.isPresent() ? Optional.of(Roll.of(hood, known.get())) : Optional.empty());
    } catch (IOException e) {
      throw new LauncherException("can't read the claims of " + hood.folder(), e);
    }
  }

  /** What is not as usual with that box of this machine; mostly empty. */
  String note(int number) {
    if (roll.isEmpty()) {
      return "";
    }
    if (roll.get().isRemoved(number)) {
      return "no member: " + Roll.remedy(List.of(number));
    }
    if (roll.get().isSilent(number)) {
      return "no member any more, it was silent for too long: back with hearth box start " + number;
    }
    return roll.get()
        .lost(number)
        .map(
            id ->
                Words.format(
                    "lost: %s stays a member that is off until hearth box start %d brings its"
                        + " successor, or hearth box remove %d takes it out",
                    id, number, number))
        .orElse("");
  }

  /** Members elsewhere that are off, a line each with what can be done. */
  List<String> offElsewhere() {
    List<String> lines = new ArrayList<>();
    roll.map(Roll::offElsewhere)
        .orElse(List.of())
        .forEach(
            box ->
                lines.add(
                    Words.format(
                        "member %s, elsewhere, off; last seen %s. Gone for good: hearth box"
                            + " remove %s",
                        box.get("id").asText(),
                        box.path("lastSeen").asText(),
                        box.get("id").asText())));
    return lines;
  }
}
