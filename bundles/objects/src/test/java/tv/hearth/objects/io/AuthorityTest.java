package tv.hearth.objects.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.vendor.objects.ObjectFailure;

/** Who asks a box that belongs nowhere hears what is missing, and no bundle's name. */
class AuthorityTest {
  private final Services services = new Services();

  private static Neighbourhood without() {
    return (Neighbourhood)
        Proxy.newProxyInstance(
            AuthorityTest.class.getClassLoader(),
            new Class<?>[] {Neighbourhood.class},
            (proxy, method, arguments) -> Optional.empty());
  }

  private String refused() {
    ObjectFailure failure = assertThrows(ObjectFailure.class, () -> new Authority(services).map());
    assertEquals(ObjectFailure.Problem.NOT_READY, failure.problem());
    assertFalse(failure.getMessage().contains("bundle"), failure.getMessage());
    return failure.getMessage();
  }

  @Test
  void aBoxByItselfSaysThatItHasNotJoined() {
    Thread.currentThread().interrupt(); // does not wait for who may come
    String why = refused();
    assertTrue(Thread.interrupted());
    assertTrue(why.contains("has not joined a neighbourhood"), why);
    assertTrue(why.contains("claim code"), why);
  }

  @Test
  void oneThatWaitsForItsHeadendSaysSo() {
    services.neighbourhood().open(without());
    String why = refused();
    assertTrue(why.contains("has not joined its neighbourhood yet"), why);
    assertTrue(why.contains("its health"), why);
  }
}
