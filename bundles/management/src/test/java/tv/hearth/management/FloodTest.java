package tv.hearth.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.value.BoxId;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetResp;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.UspError;
import tv.hearth.usp.record.UspRecord;

/** Many requests at once, at the component as a box has it: each is answered, somehow. */
@Timeout(300)
class FloodTest {
  private static final int REQUESTS = 400;
  private static final int CALLERS = 8;

  /** The line takes so many unanswered messages past its outbox, and not one more. */
  private static final int OFFERS = 64;

  private static final String BOSS = "proto::hearth-controller";
  private static final BoxId BOX = new BoxId("a".repeat(32));
  private static final String DOWN = "hearth/v1/n/box/" + BOX + "/down/usp";

  @TempDir Path folder;
  private final CompletableFuture<MessageHandler> handler = new CompletableFuture<>();
  private final BlockingQueue<Message> sent = new LinkedBlockingQueue<>();
  private final AtomicInteger offered = new AtomicInteger();

  private final class Line implements MessageBus {
    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public void publish(Message message) {
      sent.add(message);
    }

    @Override
    public boolean offer(Message message) {
      boolean taken = offered.incrementAndGet() <= OFFERS;
      return taken && sent.add(message);
    }
  }

  private static <T> T fake(Class<T> type, InvocationHandler answers) {
    return type.cast(
        Proxy.newProxyInstance(FloodTest.class.getClassLoader(), new Class<?>[] {type}, answers));
  }

  private BundleContext context() {
    ServiceRegistration<?> registration =
        fake(ServiceRegistration.class, (proxy, method, arguments) -> null);
    return fake(
        BundleContext.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "getProperty" -> arguments[0].equals("hearth.home") ? folder.toString() : null;
              case "registerService" -> {
                handler.complete((MessageHandler) arguments[1]);
                yield registration;
              }
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  /** As Declarative Services makes one where nothing is configured. */
  private static ManagementConfig defaults() {
    return fake(
        ManagementConfig.class,
        (proxy, method, arguments) ->
            method.getDeclaringClass() == Annotation.class ? null : method.getDefaultValue());
  }

  private static Identity identity() {
    return fake(
        Identity.class,
        (proxy, method, arguments) -> {
          if (method.getName().equals("box")) {
            return BOX;
          }
          throw new UnsupportedOperationException(method.getName());
        });
  }

  private static Neighbourhood neighbourhood() {
    BoxMap map = new BoxMap("n", 1, 1, Instant.MAX, List.of(), Map.of());
    return fake(
        Neighbourhood.class,
        (proxy, method, arguments) ->
            switch (method.getName()) {
              case "name" -> Optional.of("n");
              case "map" -> Optional.of(map);
              default -> throw new UnsupportedOperationException(method.getName());
            });
  }

  private static Message request(int number) {
    Msg get = new Msg("m" + number, new Get(List.of("Device.DeviceInfo."), 0));
    UspRecord record = UspRecord.message("proto::hearth-" + BOX, BOSS, get.encode());
    return Message.of(DOWN, record.encode());
  }

  @Test
  void eachOfFourHundredRequestsAtOnceIsAnswered() throws Exception {
    ManagementComponent agent = new ManagementComponent(context(), defaults());
    try {
      agent.setIdentity(identity());
      agent.setNeighbourhood(neighbourhood());
      agent.setBus(new Line());
      flood(handler.get());
      Map<String, Body> answers = new ConcurrentHashMap<>();
      while (answers.size() < REQUESTS) {
        UspRecord record = UspRecord.parse(sent.take().payload().toArray());
        if (record.kind() == UspRecord.Kind.NO_SESSION_CONTEXT) {
          Msg answer = Msg.parse(record.payload());
          assertEquals(BOSS, record.to());
          assertEquals(null, answers.put(answer.id(), answer.body()), answer.id() + " twice");
        }
      }
      assertSound(answers);
    } finally {
      agent.close();
    }
  }

  private void flood(MessageHandler to) throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    AtomicInteger next = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      Thread caller =
          new Thread(
              () -> {
                try {
                  begin.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
                for (int n = next.getAndIncrement(); n < REQUESTS; n = next.getAndIncrement()) {
                  to.received(request(n));
                }
              });
      caller.start();
      callers.add(caller);
    }
    begin.countDown();
    for (Thread caller : callers) {
      caller.join();
    }
  }

  private static void assertSound(Map<String, Body> answers) {
    int refused = 0;
    for (int i = 0; i < REQUESTS; i++) {
      Body body = answers.get("m" + i);
      if (body instanceof UspError error) {
        assertEquals(7005, error.code(), "resources exceeded");
        refused++;
      } else {
        assertTrue(body instanceof GetResp, "m" + i + ": " + body);
      }
    }
    assertTrue(refused < REQUESTS, "some were done");
  }
}
