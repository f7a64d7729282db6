package tv.hearth.membership.node;

import java.time.Duration;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.support.gate.ServiceGate;

/** The services of other bundles that a member uses, which may come and go. */
public record Services(
    ServiceGate<Identity> identity,
    ServiceGate<SignatureVerifier> verifier,
    ServiceGate<MessageBus> bus) {

  /** Closed gates whose callers wait for 5 s. */
  public static Services closed() {
    Duration patience = Duration.ofSeconds(5);
    return new Services(
        new ServiceGate<>("Identity", patience),
        new ServiceGate<>("SignatureVerifier", patience),
        new ServiceGate<>("MessageBus", patience));
  }
}
