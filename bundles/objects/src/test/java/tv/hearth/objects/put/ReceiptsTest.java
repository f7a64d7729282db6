package tv.hearth.objects.put;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.town.Town;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.record.Receipt;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Receipts that this box can't look at, because a part of its own is not there. */
class ReceiptsTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "a.mkv");
  @TempDir private Path folder;
  private Town town;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
  }

  @AfterEach
  void close() {
    town.close();
  }

  /** It says so at once, and calls no holder a liar: all would be shunned for ten minutes. */
  @Test
  void areNoFaultOfTheHolders() throws Exception {
    ServiceGate<SignatureVerifier> gate = town.services(0).verifier();
    gate.open(withoutReceipts(gate.get()));
    ObjectFailure failure =
        assertThrows(
            ObjectFailure.class,
            () -> Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, new byte[300_000]));
    assertEquals(Problem.NOT_READY, failure.problem(), failure.getMessage());
    assertTrue(failure.getMessage().contains("the verifier is gone"), failure.getMessage());
    assertEquals(0, town.box(0).meters().get(Count.PUT_HOLDERS_LOST), "holders were blamed");
  }

  private static SignatureVerifier withoutReceipts(SignatureVerifier real) {
    return (SignatureVerifier)
        Proxy.newProxyInstance(
            SignatureVerifier.class.getClassLoader(),
            new Class<?>[] {SignatureVerifier.class},
            (proxy, method, args) -> {
              if (method.getName().equals("verify") && args[1].equals(Receipt.TYPE)) {
                throw new ServiceMissingException("the verifier is gone");
              }
              try {
                return method.invoke(real, args);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
