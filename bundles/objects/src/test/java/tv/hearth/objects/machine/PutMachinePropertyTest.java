package tv.hearth.objects.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tv.hearth.objects.Seeds;

/** Whatever happens in whatever order: what a put promises holds, and a wrong rule is noticed. */
class PutMachinePropertyTest {
  private static final int TRIALS = 3000;
  private static final int MUTANT_TRIALS = 1000;
  private static final PutTrial.Rules USUAL = shape -> new PutRules(shape, RetrySchedule.USUAL);
  private final Seeds seeds = Seeds.random();

  @Test
  void anyScheduleKeepsThePromises() {
    int stored = 0;
    int failed = 0;
    for (long seed : drawn(TRIALS)) {
      PutWitness seen = run(seed, USUAL);
      boolean isStored = seen.end() instanceof PutAction.Stored;
      boolean mustBe = PutTrial.isSound(seed, USUAL) && !seen.isClosed();
      assertTrue(isStored || !mustBe, "sound holders did not do: trial " + seed);
      stored += isStored ? 1 : 0;
      failed += isStored ? 0 : 1;
    }
    String both = stored + " stored, " + failed + " failed; " + seeds.message();
    assertTrue(stored > TRIALS / 4 && failed > TRIALS / 20, both);
  }

  @Test
  void anAcknowledgementThatComesTooEarlyIsNoticed() {
    assertNoticed(
        shape ->
            new PutRules(shape, RetrySchedule.USUAL) {
              @Override
              public boolean acknowledged(int stored) {
                return stored >= shape.ack() - 1;
              }
            },
        "acknowledged with");
  }

  @Test
  void aRetryThatIsForgottenIsNoticed() {
    long never = TimeUnit.DAYS.toNanos(1);
    assertNoticed(shape -> new PutRules(shape, new RetrySchedule(never, never, 10, 2)), "forgot");
  }

  @Test
  void whoIsGivenUpBeforeItsRetriesIsNoticed() {
    assertNoticed(
        shape -> new PutRules(shape, new RetrySchedule(1, 1, 0, 0)), "gave up who was only busy");
  }

  @Test
  void aLaggardThatIsNeverGivenUpIsNoticed() {
    assertNoticed(
        shape ->
            new PutRules(shape, RetrySchedule.USUAL) {
              @Override
              public long patience(long tookThemselves) {
                return TimeUnit.DAYS.toNanos(1);
              }
            },
        "still waits for laggards");
  }

  @Test
  void aLaggardThatIsGivenUpThoughItIsNeededIsNoticed() {
    assertNoticed(
        shape ->
            new PutRules(shape, RetrySchedule.USUAL) {
              @Override
              public boolean suffice(int alive, int lacking) {
                return lacking > 0;
              }
            },
        "the others don't suffice");
  }

  @Test
  void aPutThatIsGivenUpTooEarlyIsNoticed() {
    assertNoticed(
        shape ->
            new PutRules(shape, RetrySchedule.USUAL) {
              @Override
              public boolean hope(int alive, int spares) {
                return alive >= shape.ack();
              }
            },
        "while there was hope");
  }

  private long[] drawn(int count) {
    return LongStream.generate(seeds.generator()::nextLong).limit(count).toArray();
  }

  private PutWitness run(long seed, PutTrial.Rules rules) {
    try {
      return PutTrial.run(seed, rules);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + " in trial " + seed + "; " + seeds.message(), e);
    }
  }

  /** Within the trials one must fail, and for that reason. */
  private void assertNoticed(PutTrial.Rules mutated, String reason) {
    for (long seed : drawn(MUTANT_TRIALS)) {
      try {
        PutTrial.run(seed, mutated);
      } catch (AssertionError e) {
        if (e.getMessage().contains(reason)) {
          return;
        }
      }
    }
    throw new AssertionError("nobody noticed: " + reason + "; " + seeds.message());
  }
}
