package tv.hearth.objects.name;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.Troubles;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Round;
import tv.hearth.objects.io.Workers;
import tv.hearth.objects.machine.WriteRound;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo.Survival;

/** Asks holders whether they have their pieces. Thread-safe. */
public final class Surveyor {
  private static final long SEGMENT = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(300);
  private final Objects objects;
  private final Boxes boxes;
  private final Workers workers;

  /** Over placements and neighbours. */
  public Surveyor(Objects objects, Boxes boxes, Workers workers) {
    this.objects = objects;
    this.boxes = boxes;
    this.workers = workers;
  }

  /** The worst of all segments; each holder of each segment is asked, one segment at a time. */
  public Survival survey(DescriptorRecord descriptor) throws ObjectFailure {
    int placed = descriptor.n();
    int reachable = descriptor.n();
    for (int segment = 0; segment < descriptor.segmentRoots().size(); segment++) {
      PlacementRecord placement = objects.placement(descriptor, segment, false);
      List<Integer> there =
          IntStream.range(0, descriptor.n())
              .filter(i -> placement.receipts().get(i).length() > 0)
              .boxed()
              .toList();
      placed = Math.min(placed, there.size());
      reachable = Math.min(reachable, reachable(descriptor, placement, there));
    }
    return new Survival(descriptor.k(), placed, reachable);
  }

  /** A box that is busy or being updated is there: it is asked again while there is time. */
  private void ask(BoxId holder, PieceId piece, long end, CompletableFuture<Boolean> result) {
    boxes
        .head(holder, piece)
        .whenComplete(
            (there, failure) -> {
              if (failure == null) {
                result.complete(there);
              } else if (Troubles.passes(Remote.reason(failure))
                  && end - System.nanoTime() > PAUSE
                  && !workers.closed()) {
                workers.after(PAUSE, () -> ask(holder, piece, end, result));
              } else {
                result.completeExceptionally(failure);
              }
            });
  }

  private int reachable(
      DescriptorRecord descriptor, PlacementRecord placement, List<Integer> there) {
    List<BoxId> holders = there.stream().map(index -> placement.holders().get(index)).toList();
    Round<Boolean> round =
        new Round<>(
            new WriteRound(there.size(), there.size(), 0, SEGMENT),
            holders,
            (index, holder) -> {
              PieceId piece =
                  new PieceId(descriptor.object(), placement.segment(), there.get(index));
              CompletableFuture<Boolean> answer = new CompletableFuture<>();
              ask(holder, piece, System.nanoTime() + SEGMENT, answer);
              return answer;
            },
            has -> true,
            System::nanoTime);
    return (int) round.await().stream().filter(Round.Answer::value).count();
  }
}
