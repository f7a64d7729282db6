package tv.hearth.tests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few of the seeds; {@code tests/simulation/run} takes ten thousand. */
class SimulationTest {
  private static final int FEW = 200;
  private static final int ENOUGH = 1_000;

  @Test
  void nothingAcknowledgedIsMissedAndNothingRefusedStays() {
    Simulate.Outcome outcome = Simulate.seeds(1, FEW, Mutation.NONE);
    assertEquals("", outcome.told());
    assertTrue(outcome.acknowledged() > 10 * FEW, "writes: " + outcome.acknowledged());
    assertTrue(outcome.reads() > 10 * FEW, "reads: " + outcome.reads());
  }

  @Test
  void aRunIsTheSameToItsLastEvent() {
    String trace = new Run(7, Mutation.NONE).run().trace();
    assertEquals(trace, new Run(7, Mutation.NONE).run().trace());
    assertNotEquals(trace, new Run(8, Mutation.NONE).run().trace());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedBugIsFound(Mutation mutation) {
    Simulate.Outcome outcome = Simulate.seeds(1, ENOUGH, mutation);
    assertTrue(outcome.failed() >= 0, mutation + " was not found in " + ENOUGH + " seeds");
    assertTrue(outcome.told().contains("--mutation " + mutation), outcome.told());
  }
}
