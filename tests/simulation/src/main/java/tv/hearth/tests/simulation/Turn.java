package tv.hearth.tests.simulation;

import java.util.List;
import tv.hearth.objects.machine.ReplicaRound;

/** One replica round on its way: asks whom the machine names, and wakes it when it wants. */
final class Turn<T> {
  /** What an answer says. */
  enum Word {
    HIT,
    MISS,
    REFUSAL
  }

  /** What is made of an answer. */
  interface Ear<T> {
    Word hear(int index, T answer);
  }

  private final Timeline time;
  private final Network network;
  private final Box from;
  private final int life;
  private final ReplicaRound round;
  private final List<Box> boxes;
  private final Network.Request<T> question;
  private final Ear<T> ear;
  private final Runnable end;
  private long wakesAt = Long.MAX_VALUE;
  private boolean over;

  Turn(
      Timeline time,
      Network network,
      Box from,
      ReplicaRound round,
      List<Box> boxes,
      Network.Request<T> question,
      Ear<T> ear,
      Runnable end) {
    this.time = time;
    this.network = network;
    this.from = from;
    this.life = from.life;
    this.round = round;
    this.boxes = boxes;
    this.question = question;
    this.ear = ear;
    this.end = end;
  }

  void begin() {
    go(round.start(time.now()));
  }

  private void go(List<Integer> ask) {
    for (int index : ask) {
      network.call(
          from,
          boxes.get(index),
          question,
          new Network.Caller<T>() {
            @Override
            public void answered(T answer) {
              hear(index, answer);
            }

            @Override
            public void failed() {
              go(round.failed(index, time.now()));
            }
          });
    }
    settle();
  }

  private void hear(int index, T answer) {
    Word word = ear.hear(index, answer);
    go(
        word == Word.REFUSAL
            ? round.failed(index, time.now())
            : round.answered(index, word == Word.HIT, time.now()));
  }

  private void settle() {
    if (over || from.life != life) {
      return;
    }
    if (round.isOver()) {
      over = true;
      end.run();
      return;
    }
    long wake = round.wakeIn(time.now());
    if (wake >= 0 && time.now() + wake < wakesAt) {
      wakesAt = time.now() + wake;
      time.after(wake, this::tick);
    }
  }

  private void tick() {
    if (time.now() >= wakesAt) {
      wakesAt = Long.MAX_VALUE;
    }
    if (!over && from.life == life) {
      go(round.tick(time.now()));
    }
  }
}
