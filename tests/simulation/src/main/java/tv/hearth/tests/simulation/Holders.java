package tv.hearth.tests.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.machine.PutPlan;

/** What boxes do with the chunks of pieces: some are busy now and then, some are slow. */
final class Holders {
  private final Timeline time;
  private final Network network;
  private final SplittableRandom random;
  private final Mutation mutation;
  private final Map<BoxId, Box> boxes = new HashMap<>();

  /**
   * Bytes of a piece.
   *
   * @param isLast whether the piece is whole with them
   */
  record Chunk(long from, long to, boolean isLast) {}

  /**
   * What a holder says.
   *
   * @param written bytes of the piece that it has
   * @param problem null where it took the chunk
   */
  record Reply(long written, Problem problem) {
    static Reply failed(Problem problem) {
      return new Reply(0, problem);
    }
  }

  Holders(
      Timeline time, Network network, SplittableRandom random, Mutation mutation, List<Box> all) {
    this.time = time;
    this.network = network;
    this.random = random;
    this.mutation = mutation;
    all.forEach(box -> boxes.put(box.id, box));
  }

  Box box(BoxId id) {
    return boxes.get(id);
  }

  /** A chunk arrives; the whole piece is synced before it is said to be there. */
  void write(Box box, PieceId piece, Chunk chunk, Consumer<Reply> answer) {
    if (random.nextDouble() < box.busy) {
      answer.accept(Reply.failed(Problem.BUSY));
      return;
    }
    long pause = box.isLaggard ? 9 * Timeline.SECOND : random.nextLong(5_000_000L);
    int life = box.life;
    time.after(
        pause,
        () -> {
          if (box.life == life) {
            taken(box, piece, chunk, answer);
          }
        });
  }

  private void taken(Box box, PieceId piece, Chunk chunk, Consumer<Reply> answer) {
    long written = box.pieces.take(piece, chunk.from(), chunk.to());
    if (written < chunk.to()) {
      answer.accept(Reply.failed(Problem.NOT_FOUND)); // it lost the beginning in a crash
      return;
    }
    if (!chunk.isLast() || mutation == Mutation.EARLY_HOLDER) {
      answer.accept(new Reply(written, null));
    }
    if (!chunk.isLast()) {
      return;
    }
    int life = box.life;
    time.after(
        network.sync(box),
        () -> {
          if (box.life == life) {
            box.pieces.sync(piece);
            answer.accept(new Reply(written, null));
          }
        });
  }

  /** Pieces of an object that disks have for good, at whoever was named. */
  int durable(PutPlan plan, ObjectId object) {
    int count = 0;
    for (int lane = 0; lane < plan.shape().n(); lane++) {
      PieceId piece = new PieceId(object, plan.segment(), lane);
      count += boxes.values().stream().anyMatch(box -> box.pieces.has(piece)) ? 1 : 0;
    }
    return count;
  }
}
