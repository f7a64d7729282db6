package tv.hearth.membership.node;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.membership.endpoint.EndpointBook;
import tv.hearth.membership.endpoint.Sequences;
import tv.hearth.support.level.Levels;
import tv.hearth.support.record.EndpointRecord;

/** Signs where this box can be reached and tells the headend. Not thread-safe. */
final class Announcer {
  private final MemberFiles files;
  private final EndpointBook book;
  private final Clock clock;
  private List<Endpoint> announced = List.of();
  private int announcedReads = Levels.FIRST;
  private long sequence;
  private volatile byte[] signed;
  private boolean published;

  Announcer(MemberFiles files, EndpointBook book, Clock clock) {
    this.files = files;
    this.book = book;
    this.clock = clock;
  }

  /**
   * Signs a new record where the endpoints or what the software reads changed, the first time, and
   * where the last one's number is beyond what others believe, for the clock was wrong then.
   *
   * @param reads the greatest level that all bundles of ours read
   */
  void update(List<Endpoint> endpoints, int reads, Identity identity, Optional<BoxMap> map)
      throws IdentityException, IOException {
    List<Endpoint> now =
        List.copyOf(endpoints.subList(0, Math.min(EndpointRecord.MOST, endpoints.size())));
    boolean same =
        now.equals(announced) && reads == announcedReads && (signed != null || now.isEmpty());
    boolean believed = sequence <= Sequences.latest(map, clock.instant());
    if (same && believed) {
      return;
    }
    sequence = Sequences.next(files.sequence(), map, clock.instant());
    files.sequence(sequence);
    EndpointRecord record = new EndpointRecord(identity.box(), sequence, now, reads);
    signed = identity.sign(Role.BOX, EndpointRecord.TYPE, record.encode());
    book.own(record, signed, identity.signingKey());
    announced = now;
    announcedReads = reads;
    published = false;
  }

  /** The last record, signed; null before the first. Any thread. */
  byte[] signed() {
    return signed;
  }

  /** Another bus: what the last one got may be lost. */
  void forgetBus() {
    published = false;
  }

  /** The key changed: the same endpoints are signed anew. */
  void forgetSignature() {
    signed = null;
    announced = List.of();
  }

  /** Publishes the record once, retained. */
  void publish(Optional<String> name, Optional<MessageBus> bus, Identity identity) {
    if (published || signed == null || name.isEmpty() || bus.isEmpty()) {
      return;
    }
    String topic = "hearth/v1/" + name.get() + "/box/" + identity.box() + "/up/endpoint";
    Message message = Message.of(topic, signed).asRetained();
    bus.get().publish(message.withContentType(EndpointRecord.TYPE));
    published = true;
  }
}
