package tv.hearth.objects.core;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Predicate;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Why boxes did not do their part, by the reason that each gave, and what somebody could do about
 * it: advice is given only where it can help. Not thread-safe.
 */
public final class Troubles {
  private static final int NAMED = 4;
  private final Map<BoxId, TransferException> reasons = new LinkedHashMap<>();

  /** The last reason of that box. */
  public void add(BoxId box, TransferException reason) {
    reasons.put(box, reason);
  }

  /** True where nobody complained. */
  public boolean isEmpty() {
    return reasons.isEmpty();
  }

  /** NO_ROOM where that is all that is wrong; {@code otherwise} in other cases. */
  public ObjectFailure.Problem problem(ObjectFailure.Problem otherwise) {
    boolean full =
        !reasons.isEmpty()
            && reasons.values().stream()
                .allMatch(each -> each.problem() == TransferException.Problem.NO_ROOM);
    return full ? ObjectFailure.Problem.NO_ROOM : otherwise;
  }

  /** True where a box did not answer at all. */
  public static boolean isSilence(TransferException reason) {
    return reason.problem() == TransferException.Problem.UNREACHABLE
        || reason.problem() == TransferException.Problem.TIMEOUT;
  }

  /** True where a box is there and will answer soon: busy, starting, or being updated. */
  public static boolean passes(TransferException reason) {
    return reason.problem() == TransferException.Problem.BUSY
        || reason.problem() == TransferException.Problem.NOT_READY
        || reason.problem() == TransferException.Problem.STOPPED;
  }

  /** What is wrong at whom, and what can be done: one clause a kind; never empty. */
  public String advice() {
    StringJoiner clauses = new StringJoiner("; ");
    say(
        clauses,
        Troubles::isSilence,
        "no answer from %s: switch on what is off; a box that is gone for good is taken out of"
            + " the map by the operator (hearth box remove)");
    say(clauses, Troubles::passes, "%s is busy or being updated: try again in a moment");
    say(clauses, is(TransferException.Problem.NO_ROOM), "no room at %s: free some, or store less");
    say(clauses, is(TransferException.Problem.DISK), "the disk fails at %s: its health says more");
    say(clauses, is(TransferException.Problem.NOT_FOUND), "%s does not have what was placed there");
    say(
        clauses,
        is(TransferException.Problem.NOT_MEMBER),
        "%s is no member of the neighbourhood: switching it on is no help, what was placed there is"
            + " lost unless the operator admits it again (hearth box admit)");
    say(clauses, Troubles::isOther, "%s answered otherwise");
    if (clauses.length() == 0) {
      return "no reason is known: try again in a moment";
    }
    return clauses.toString();
  }

  private void say(StringJoiner clauses, Predicate<TransferException> kind, String clause) {
    var matching = reasons.entrySet().stream().filter(each -> kind.test(each.getValue())).toList();
    if (matching.isEmpty()) {
      return;
    }
    StringJoiner names = new StringJoiner(", ");
    matching.stream().limit(NAMED).forEach(each -> names.add(each.getKey().text()));
    if (matching.size() > NAMED) {
      names.add(matching.size() - NAMED + " more");
    }
    clauses.add(
        clause.replace("%s", names.toString())
            + " ("
            + matching.get(0).getValue().getMessage()
            + ")");
  }

  private static Predicate<TransferException> is(TransferException.Problem problem) {
    return reason -> reason.problem() == problem;
  }

  private static boolean isOther(TransferException reason) {
    return switch (reason.problem()) {
      case UNREACHABLE, TIMEOUT, BUSY, NOT_READY, STOPPED, NO_ROOM, DISK, NOT_FOUND, NOT_MEMBER ->
          false;
      default -> true;
    };
  }
}
