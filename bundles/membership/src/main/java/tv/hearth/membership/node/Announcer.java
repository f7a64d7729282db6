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
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.membership.endpoint.EndpointBook;
import tv.hearth.support.record.EndpointRecord;

/** Signs where this box can be reached and tells the headend. Not thread-safe. */
final class Announcer {
  private final MemberFiles files;
  private final EndpointBook book;
  private final Clock clock;
  private List<Endpoint> announced = List.of();
  private byte[] signed;
  private boolean published;

  Announcer(MemberFiles files, EndpointBook book, Clock clock) {
    this.files = files;
    this.book = book;
    this.clock = clock;
  }

  /** Signs a new record where the endpoints changed, or the first time. */
  void update(List<Endpoint> endpoints, Identity identity) throws IdentityException, IOException {
    List<Endpoint> now =
        List.copyOf(endpoints.subList(0, Math.min(EndpointRecord.MOST, endpoints.size())));
    boolean same = now.equals(announced) && (signed != null || now.isEmpty());
    if (same) {
      return;
    }
    long sequence = Math.max(files.sequence() + 1, clock.instant().getEpochSecond());
    files.sequence(sequence);
    EndpointRecord record = new EndpointRecord(identity.box(), sequence, now);
    signed = identity.sign(Role.BOX, EndpointRecord.TYPE, record.encode());
    book.put(record, signed);
    announced = now;
    published = false;
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
