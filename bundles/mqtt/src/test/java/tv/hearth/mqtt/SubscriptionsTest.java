package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tv.hearth.mqtt.Subscriptions.Wish;

class SubscriptionsTest {
  private final Subscriptions subscriptions = new Subscriptions(1_000);

  @Test
  void subscribesOnceAndAgainForALateHandler() {
    assertEquals(
        List.of(new Wish("a", true)), subscriptions.plan(Set.of("a"), Set.of("a"), 0).subscribe());
    assertEquals(List.of(), subscriptions.plan(Set.of("a"), Set.of(), 1).subscribe());
    assertEquals(
        List.of(new Wish("a", true)), subscriptions.plan(Set.of("a"), Set.of("a"), 2).subscribe());
  }

  @Test
  void aNewConnectionSubscribesToAllWithoutAskingForRetainedAgain() {
    subscriptions.plan(Set.of("a", "b"), Set.of("a", "b"), 0);
    subscriptions.connected();
    assertEquals(
        List.of(new Wish("a", false), new Wish("b", true)),
        subscriptions.plan(Set.of("a", "b"), Set.of("b"), 1).subscribe());
  }

  @Test
  void leavesAFilterOnlyAfterAWhile() {
    subscriptions.plan(Set.of("a"), Set.of("a"), 0);
    assertEquals(List.of(), subscriptions.plan(Set.of(), Set.of(), 10).unsubscribe());
    assertEquals(List.of(), subscriptions.plan(Set.of(), Set.of(), 1_009).unsubscribe());
    assertEquals(List.of("a"), subscriptions.plan(Set.of(), Set.of(), 1_010).unsubscribe());
    assertEquals(List.of(), subscriptions.plan(Set.of(), Set.of(), 5_000).unsubscribe());
  }

  @Test
  void aHandlerThatComesBackInTimeKeepsTheSubscription() {
    subscriptions.plan(Set.of("a"), Set.of("a"), 0);
    subscriptions.plan(Set.of(), Set.of(), 10);
    subscriptions.plan(Set.of("a"), Set.of("a"), 500);
    assertEquals(List.of(), subscriptions.plan(Set.of(), Set.of(), 1_200).unsubscribe());
    assertEquals(List.of("a"), subscriptions.plan(Set.of(), Set.of(), 2_200).unsubscribe());
  }
}
