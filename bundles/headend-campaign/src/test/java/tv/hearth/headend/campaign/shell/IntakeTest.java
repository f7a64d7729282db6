package tv.hearth.headend.campaign.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final int MOST = 8;
  private final Intake intake = new Intake(MOST);

  private static Intake.Word word(String box) {
    return new Intake.Word(box, new byte[1]);
  }

  @Test
  void aFloodOfReportsDisplacesNoWordOfACommand() {
    for (int i = 0; i < 3 * MOST; i++) {
      assertEquals(i < MOST, intake.reported(word("r" + i)));
    }
    assertTrue(intake.said(word("done")));
    assertEquals(2 * MOST, intake.lost(), "what is lost is counted");
    assertEquals("done", intake.next().orElseThrow().box());
    assertEquals(5, intake.reports(5).size());
    assertEquals(3, intake.reports(MOST).size());
    assertTrue(intake.isEmpty());
  }

  @Test
  void wordsStayInOrder() {
    intake.said(word("a"));
    intake.said(word("b"));
    assertEquals("a", intake.next().orElseThrow().box());
    assertEquals("b", intake.next().orElseThrow().box());
    assertEquals(Optional.empty(), intake.next());
  }

  @Test
  void aBoxThatIsOnBeforeTheMapIsThereIsOnAfterIt() {
    FleetView fleet = new FleetView(Optional::empty);
    assertFalse(fleet.online("a") || fleet.off("a"), "nothing is known of it yet");
    assertTrue(fleet.said("a", true));
    assertTrue(fleet.online("a"), "the broker says it once");
    fleet.said("a", false);
    assertFalse(fleet.online("a"));
    assertTrue(fleet.off("a"));
  }
}
