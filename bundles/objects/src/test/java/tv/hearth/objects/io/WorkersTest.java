package tv.hearth.objects.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WorkersTest {
  @Test
  void whatATaskThrowsIsNotedWhereverItRan() throws InterruptedException {
    CountDownLatch after = new CountDownLatch(2);
    try (Workers workers = new Workers(1)) {
      workers.execute(WorkersTest::broken);
      workers.execute(after::countDown);
      workers.later(0, WorkersTest::broken);
      workers.later(1, after::countDown);
      after.await();
      assertEquals(2, workers.failures().count());
    }
  }

  private static void broken() {
    throw new NoClassDefFoundError("tv/hearth/Gone");
  }
}
