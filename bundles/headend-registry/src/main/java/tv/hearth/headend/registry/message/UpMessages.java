package tv.hearth.headend.registry.message;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntSupplier;
import tv.hearth.api.bus.Message;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.RecordException;

/** Takes one message of a box into the registry. Not thread-safe: one worker calls it. */
final class UpMessages {
  /** So far a box's clock may be ahead; a greater sequence would silence whoever has it next. */
  private static final Duration SKEW = Duration.ofDays(1);

  private final String neighbourhood;
  private final FleetStore fleet;
  private final Catalogue catalogue;
  private final Twins twins;
  private final IntSupplier level;

  UpMessages(
      String neighbourhood, FleetStore fleet, Catalogue catalogue, Twins twins, IntSupplier level) {
    this.level = level;
    this.neighbourhood = neighbourhood;
    this.fleet = fleet;
    this.catalogue = catalogue;
    this.twins = twins;
  }

  /** What became of a message. */
  enum Outcome {
    /** Noted. */
    TAKEN,
    /** Noted, and the map shows it. */
    FLEET_CHANGED,
    /** Known already. */
    OLD,
    /** Not of a member, not of the format, badly signed, or one too many. */
    REFUSED
  }

  Outcome take(Message message, SignatureVerifier verifier, Instant now) {
    Optional<UpTopic> topic = UpTopic.parse(neighbourhood, message.topic());
    Optional<FleetBox> box = topic.flatMap(t -> fleet.box(t.box()));
    if (box.filter(FleetBox::isServed).isEmpty()) {
      return Outcome.REFUSED;
    }
    byte[] payload = message.payload().toArray();
    try {
      switch (topic.get().kind()) {
        case "state":
          return state(box.get(), payload, message, now);
        case "endpoint":
          return endpoint(box.get(), payload, verifier, now);
        case "record":
          return catalogue.take(box.get(), payload, verifier, now)
              ? Outcome.TAKEN
              : Outcome.REFUSED;
        default:
          return Outcome.REFUSED;
      }
    } catch (BadSignatureException | RecordException e) {
      return Outcome.REFUSED;
    }
  }

  /**
   * A retained message tells how it was, not that the box spoke just now. A box that was on and
   * goes off was there until then: it says so itself, or the broker that its session has ended.
   */
  private Outcome state(FleetBox box, byte[] payload, Message message, Instant now) {
    String text = new String(payload, 0, Math.min(16, payload.length), StandardCharsets.UTF_8);
    boolean online = text.equals("online");
    if (!online && !text.equals("offline")) {
      return Outcome.REFUSED;
    }
    if (online) {
      twins.came(box.id(), message.userProperties().containsKey(Twins.PROPERTY), now);
    }
    boolean sign = !message.retained() && (online || box.online());
    fleet.seen(box.id(), sign ? now : box.lastSeen(), online);
    return Outcome.TAKEN;
  }

  private Outcome endpoint(FleetBox box, byte[] payload, SignatureVerifier verifier, Instant now)
      throws BadSignatureException, RecordException {
    EndpointRecord record =
        EndpointRecord.decode(verifier.verify(payload, EndpointRecord.TYPE, box.keys().signing()));
    if (!record.box().equals(box.id())) {
      throw new RecordException("an endpoint record of " + record.box() + " from " + box.id());
    }
    long latest = now.plus(SKEW).getEpochSecond();
    if (record.sequence() > latest) {
      throw new RecordException("an endpoint record from the future: " + record.sequence());
    }
    if (record.sequence() <= box.sequence() && box.sequence() <= latest) {
      return Outcome.OLD;
    }
    FleetBox next = box.at(record.sequence(), record.endpoints(), record.reads(), now);
    FleetBox stands =
        next.hasCaughtUp(level.getAsInt()) ? next.admitted(MapBox.State.ACTIVE, now) : next;
    fleet.put(stands);
    boolean same = record.endpoints().equals(box.endpoints()) && stands.state() == box.state();
    return same ? Outcome.TAKEN : Outcome.FLEET_CHANGED;
  }
}
