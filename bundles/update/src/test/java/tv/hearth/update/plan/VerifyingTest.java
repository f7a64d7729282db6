package tv.hearth.update.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.gate.ServiceGate;

/** Checks of signatures while the bundle that makes them is exchanged. */
class VerifyingTest {
  private final ServiceGate<PublicKeyVerifier> gate = new ServiceGate<>("crypto", Duration.ZERO);
  private final Verifying verifying = new Verifying(gate);
  private final List<String> asked = new ArrayList<>();

  private boolean check() throws BadSignatureException {
    return verifying.verify("ed25519", Bytes.of(new byte[32]), new byte[1], new byte[64]);
  }

  private PublicKeyVerifier good(String name) {
    return (scheme, key, message, signature) -> asked.add(name);
  }

  @Test
  void whatWasStoppedIsAskedOnceAndItsSuccessorFromThenOn() throws Exception {
    gate.open(
        (scheme, key, message, signature) -> {
          asked.add("old");
          gate.open(good("new"));
          throw new NoClassDefFoundError("crypto/NeverUsedBefore");
        });
    assertTrue(check());
    assertTrue(check());
    assertEquals(List.of("old", "new", "new"), asked);
  }

  @Test
  void aBadSignatureIsOneWithoutASecondTry() {
    gate.open(
        (scheme, key, message, signature) -> {
          asked.add("only");
          throw new BadSignatureException("no such scheme");
        });
    assertThrows(BadSignatureException.class, this::check);
    assertEquals(List.of("only"), asked);
  }
}
