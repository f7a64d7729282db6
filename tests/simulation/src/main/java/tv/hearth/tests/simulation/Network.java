package tv.hearth.tests.simulation;

import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Messages between boxes: late, lost, twice, or stopped by a partition; and disks behind them. */
final class Network {
  /** How long a caller waits for an answer before it gives it up. */
  private static final long PATIENCE = 10 * Timeline.SECOND;

  private final Timeline time;
  private final SplittableRandom random;
  private Weather weather;

  Network(Timeline time, Weather weather, SplittableRandom random) {
    this.time = time;
    this.weather = weather;
    this.random = random;
  }

  /** From now on nothing is lost, and nothing comes twice. */
  void calm() {
    weather = new Weather(0, 0, weather.latency(), weather.disk(), 0, 0, 0, 0, 0);
  }

  boolean isCalm() {
    return weather.loss() == 0;
  }

  /** What a box does with a request: it calls back with its answer, or never. */
  interface Request<T> {
    void at(Box box, Consumer<T> answer);
  }

  /** How a call ended; at most one of both is called, once. */
  interface Caller<T> {
    void answered(T answer);

    void failed();
  }

  /** A request from one box to another. */
  <T> void call(Box from, Box to, Request<T> request, Caller<T> caller) {
    Once<T> once = new Once<>(from, caller);
    time.note(from.number * 1_000L + to.number);
    if (from == to) {
      time.after(0, () -> request.at(to, once::answer));
      return;
    }
    if (!to.isOn) {
      time.after(latency(), once::fail);
      return;
    }
    time.after(PATIENCE, once::fail);
    int copies = random.nextDouble() < weather.twice() ? 2 : 1;
    for (int copy = 0; copy < copies; copy++) {
      if (random.nextDouble() >= weather.loss()) {
        time.after(latency(), () -> arrive(from, to, request, once));
      }
    }
  }

  private <T> void arrive(Box from, Box to, Request<T> request, Once<T> once) {
    if (!to.isOn || from.side != to.side) {
      return;
    }
    int life = to.life;
    request.at(
        to,
        answer -> {
          if (to.life == life && random.nextDouble() >= weather.loss()) {
            time.after(
                latency(),
                () -> {
                  if (from.side == to.side) {
                    once.answer(answer);
                  }
                });
          }
        });
  }

  /** How long a disk takes to have something for good. */
  long sync(Box box) {
    return box.isSlow
        ? (long) (4 * Timeline.SECOND * random.nextDouble())
        : random.nextLong(weather.disk());
  }

  private long latency() {
    long usual = weather.latency() / 2 + random.nextLong(weather.latency());
    return !isCalm() && random.nextInt(50) == 0
        ? usual + random.nextLong(2 * Timeline.SECOND)
        : usual;
  }

  private static final class Once<T> {
    private final Box from;
    private final int life;
    private Caller<T> caller;

    Once(Box from, Caller<T> caller) {
      this.from = from;
      this.life = from.life;
      this.caller = caller;
    }

    void answer(T answer) {
      Caller<T> to = take();
      if (to != null) {
        to.answered(answer);
      }
    }

    void fail() {
      Caller<T> to = take();
      if (to != null) {
        to.failed();
      }
    }

    /** Nobody, where the caller heard already, or lives no more. */
    private Caller<T> take() {
      Caller<T> to = from.life == life ? caller : null;
      caller = null;
      return to;
    }
  }
}
