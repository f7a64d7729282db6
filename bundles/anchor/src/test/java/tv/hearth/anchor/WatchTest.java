package tv.hearth.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class WatchTest {
  @Test
  void anErrorInOneLookEndsNotTheNext() throws InterruptedException {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch second = new CountDownLatch(2);
    Watch watch =
        new Watch(
            (now, asked) -> {
              first.countDown();
              second.countDown();
              throw new NoClassDefFoundError("tv/hearth/Gone");
            });
    watch.start();
    watch.wake();
    first.await();
    watch.wake();
    second.await();
    watch.stop();
    assertEquals(0, second.getCount());
  }
}
