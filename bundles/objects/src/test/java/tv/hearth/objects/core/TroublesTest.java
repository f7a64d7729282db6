package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.vendor.objects.ObjectFailure;

/** Advice follows from typed reasons, never from their words. */
class TroublesTest {
  private final Troubles troubles = new Troubles();

  private void add(int box, Problem problem, String words) {
    troubles.add(
        new BoxId(String.valueOf((char) ('a' + box)).repeat(32)),
        new TransferException(problem, words));
  }

  @Test
  void aBedroomIsNoLackOfRoom() {
    add(0, Problem.UNREACHABLE, "the box in the bedroom does not answer: no room, no space left");
    assertEquals(
        ObjectFailure.Problem.TOO_FEW_BOXES, troubles.problem(ObjectFailure.Problem.TOO_FEW_BOXES));
    assertTrue(troubles.advice().contains("hearth box remove"), troubles.advice());
  }

  @Test
  void onlyWhatIsOffIsToBeSwitchedOn() {
    for (Problem problem : Problem.values()) {
      Troubles one = new Troubles();
      one.add(new BoxId("a".repeat(32)), new TransferException(problem, "x"));
      boolean silent = problem == Problem.UNREACHABLE || problem == Problem.TIMEOUT;
      assertEquals(silent, one.advice().contains("switch on"), problem + ": " + one.advice());
    }
  }

  @Test
  void whoIsNoMemberIsGoneForGood() {
    add(0, Problem.NOT_MEMBER, "a was removed from the neighbourhood");
    String advice = troubles.advice();
    assertTrue(advice.contains("is no member of the neighbourhood"), advice);
    assertTrue(advice.contains("hearth box admit"), advice);
    assertTrue(advice.contains("was removed from the neighbourhood"), advice);
    assertFalse(advice.contains("hearth box remove"), advice);
  }

  @Test
  void fullBoxesAreFullAndNothingElse() {
    add(0, Problem.NO_ROOM, "507");
    assertEquals(
        ObjectFailure.Problem.NO_ROOM, troubles.problem(ObjectFailure.Problem.TOO_FEW_BOXES));
    add(1, Problem.DISK, "503");
    assertEquals(
        ObjectFailure.Problem.TOO_FEW_BOXES, troubles.problem(ObjectFailure.Problem.TOO_FEW_BOXES));
    assertTrue(troubles.advice().contains("no room at " + "a".repeat(32)), troubles.advice());
    assertTrue(troubles.advice().contains("disk fails at " + "b".repeat(32)), troubles.advice());
  }

  @Test
  void whoIsManyIsNotListedWhole() {
    for (int i = 0; i < 20; i++) {
      add(i, Problem.TIMEOUT, "nothing came");
    }
    assertTrue(troubles.advice().contains("16 more"), troubles.advice());
    assertFalse(troubles.isEmpty());
  }
}
