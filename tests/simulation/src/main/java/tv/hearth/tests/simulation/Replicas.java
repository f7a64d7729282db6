package tv.hearth.tests.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.core.Quorum;
import tv.hearth.objects.io.Replicas.Reading;
import tv.hearth.objects.machine.ReadRound;
import tv.hearth.objects.machine.WriteRound;

/** Carries the replica rounds out, as the bundle's shell does, over the network that is made up. */
final class Replicas {
  private static final int LEAST = tv.hearth.objects.io.Replicas.LEAST;
  private static final ReadRound.How SURE =
      new ReadRound.How(
          tv.hearth.objects.io.Replicas.SURE, tv.hearth.objects.io.Replicas.READ, true);
  private static final ReadRound.How SOME =
      new ReadRound.How(
          tv.hearth.objects.io.Replicas.SURE, tv.hearth.objects.io.Replicas.READ, false);

  private final Timeline time;
  private final Network network;
  private final SplittableRandom random;
  private final Mutation mutation;

  Replicas(Timeline time, Network network, SplittableRandom random, Mutation mutation) {
    this.time = time;
    this.network = network;
    this.random = random;
    this.mutation = mutation;
  }

  /**
   * Offers a record to all replicas.
   *
   * @param end told whether enough took it, and who has to get it later
   */
  void write(Box from, Name name, Bytes record, BiConsumer<Boolean, Set<Box>> end) {
    List<Box> at = name.replicas();
    int need = Math.min(LEAST, at.size()) - (mutation == Mutation.EARLY_WRITER ? 1 : 0);
    WriteRound round =
        new WriteRound(
            at.size(),
            need,
            tv.hearth.objects.io.Replicas.MORE,
            tv.hearth.objects.io.Replicas.WRITE);
    Set<Box> settled = new HashSet<>();
    new Turn<Boolean>(
            time,
            network,
            from,
            round,
            at,
            (box, answer) -> offer(name, record, box, answer),
            (index, took) -> {
              settled.add(at.get(index));
              return took ? Turn.Word.HIT : Turn.Word.REFUSAL;
            },
            () -> {
              Set<Box> lack = new HashSet<>(at);
              lack.removeAll(settled);
              end.accept(round.isAcknowledged(), lack);
            })
        .begin();
  }

  /** Tells one box what it missed; {@code end} hears whether that is done. */
  void bring(Box from, Box to, Name name, Bytes record, Consumer<Boolean> end) {
    network.call(
        from,
        to,
        (Box box, Consumer<Boolean> answer) -> offer(name, record, box, answer),
        new Network.Caller<Boolean>() {
          @Override
          public void answered(Boolean took) {
            end.accept(true);
          }

          @Override
          public void failed() {
            end.accept(false);
          }
        });
  }

  private void offer(Name name, Bytes record, Box box, Consumer<Boolean> answer) {
    if (!box.takes(name.key(), record)) {
      answer.accept(false);
      return;
    }
    Runnable sync = box.write(name.key(), record);
    if (mutation == Mutation.EARLY_REPLICA) {
      answer.accept(true);
    }
    int life = box.life;
    time.after(
        network.sync(box),
        () -> {
          if (box.life == life) {
            sync.run();
            answer.accept(true);
          }
        });
  }

  /** Reads; {@code end} hears nothing where nobody answered. */
  void read(Box from, Name name, boolean sure, Consumer<Reading> end, Runnable nobody) {
    List<Box> at = name.replicas();
    List<Box> others = at.stream().filter(box -> box != from).toList();
    int quorum = Quorum.of(at.size(), others.size(), LEAST);
    int need = quorum - (mutation == Mutation.SMALL_QUORUM ? 1 : 0);
    List<Bytes> all = new ArrayList<>();
    boolean isReplica = others.size() < at.size();
    if (isReplica) {
      all.addAll(from.records(name.key()));
    }
    int silentLately = network.isCalm() ? 0 : random.nextInt(5);
    int first = Math.max(1, others.size() - silentLately);
    ReadRound round = new ReadRound(others.size(), first, need, !all.isEmpty(), sure ? SURE : SOME);
    new Turn<List<Bytes>>(
            time,
            network,
            from,
            round,
            others,
            (box, answer) -> answer.accept(box.records(name.key())),
            (index, records) -> {
              all.addAll(records);
              return records.isEmpty() ? Turn.Word.MISS : Turn.Word.HIT;
            },
            () -> {
              if (round.answers() == 0 && !isReplica) {
                nobody.run();
              } else {
                end.accept(new Reading(all, round.isCertain()));
              }
            })
        .begin();
  }
}
