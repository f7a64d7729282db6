package tv.hearth.headend.registry.shell;

import java.time.Duration;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.headend.registry.web.OtherPages;
import tv.hearth.support.gate.ServiceGate;

/** The services of other bundles that the headend uses, which may come and go. */
public record Neighbours(
    ServiceGate<Identity> identity,
    ServiceGate<SignatureVerifier> verifier,
    ServiceGate<MessageBus> bus,
    OtherPages pages,
    Works work) {

  /** Closed gates whose callers wait for 5 s. */
  public static Neighbours closed() {
    Duration patience = Duration.ofSeconds(5);
    return new Neighbours(
        new ServiceGate<>("Identity", patience),
        new ServiceGate<>("SignatureVerifier", patience),
        new ServiceGate<>("MessageBus", patience),
        new OtherPages(),
        new Works());
  }
}
