package tv.hearth.transfer.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.transfer.core.Refusal;

/**
 * Swaps endpoint records with a few random members, soon after the start and then now and again, so
 * that members find each other while the headend is down.
 */
final class Gossip {
  private static final System.Logger LOG = System.getLogger(Gossip.class.getName());
  private static final int PARTNERS = 3;
  private static final long FIRST_SECONDS = 2;

  private final Node node;
  private final Transfers transfers;
  private final RandomGenerator random;
  private final long seconds;

  Gossip(Node node, Transfers transfers, RandomGenerator random, long seconds) {
    this.node = node;
    this.transfers = transfers;
    this.random = random;
    this.seconds = seconds;
  }

  void start() {
    schedule(FIRST_SECONDS);
  }

  private void schedule(long base) {
    long millis = (long) (base * 1000 * random.nextDouble(0.5, 1.5));
    node.engine().clientLoop().schedule(this::round, millis, TimeUnit.MILLISECONDS);
  }

  private void round() {
    schedule(seconds);
    try {
      node.engine().disk(TrafficClass.REPAIR, this::talk);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "no gossip while stopping");
    }
  }

  /** On a disk thread. */
  private void talk() {
    try {
      byte[] known = node.desks().endpoints().tell();
      for (BoxId partner : partners()) {
        transfers.tellEndpoints(partner, known).exceptionally(e -> silent(partner, e, 0L));
        transfers
            .endpoints(partner)
            .thenAccept(this::hear)
            .exceptionally(e -> silent(partner, e, null));
      }
    } catch (Refusal | ServiceMissingException e) {
      LOG.log(System.Logger.Level.DEBUG, "no gossip yet: {0}", e.getMessage());
    }
  }

  private void hear(byte[] records) {
    node.engine()
        .disk(
            TrafficClass.REPAIR,
            () -> {
              try {
                node.desks().endpoints().hear(records);
              } catch (Refusal | ServiceMissingException e) {
                LOG.log(System.Logger.Level.DEBUG, "gossip: {0}", e.getMessage());
              }
            });
  }

  private static <T> T silent(BoxId partner, Throwable failure, T instead) {
    LOG.log(System.Logger.Level.DEBUG, () -> "no gossip with " + partner + ": " + failure);
    return instead;
  }

  private List<BoxId> partners() throws Refusal {
    BoxId me = node.services().identity.call(Identity::box);
    List<BoxId> others = new ArrayList<>();
    for (MapBox box : node.services().map().boxes()) {
      if (box.isMember() && !box.id().equals(me)) {
        others.add(box.id());
      }
    }
    List<BoxId> partners = new ArrayList<>();
    while (partners.size() < PARTNERS && !others.isEmpty()) {
      partners.add(others.remove(random.nextInt(others.size())));
    }
    return partners;
  }
}
