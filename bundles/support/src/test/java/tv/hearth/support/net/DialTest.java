package tv.hearth.support.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DialTest {
  private final List<InetAddress> tried = new CopyOnWriteArrayList<>();
  private final List<Fake> made = new CopyOnWriteArrayList<>();

  /** 192.0.2.1 never answers, 192.0.2.2 refuses, all else answers at once. */
  private final class Fake extends Socket {
    private final CountDownLatch end = new CountDownLatch(1);

    Fake() {
      made.add(this);
    }

    @Override
    public void connect(SocketAddress to, int timeout) throws IOException {
      InetAddress address = ((InetSocketAddress) to).getAddress();
      tried.add(address);
      switch (address.getHostAddress()) {
        case "192.0.2.1" -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          throw new IOException("closed");
        }
        case "192.0.2.2" -> throw new ConnectException("refused");
        default -> {}
      }
    }

    @Override
    public synchronized void close() {
      end.countDown();
    }

    boolean isEnded() {
      return end.getCount() == 0;
    }
  }

  private static InetAddress at(String literal) throws Exception {
    return InetAddress.getByName(literal);
  }

  @Test
  void theFirstThatAnswersWinsAndTheOthersAreClosed() throws Exception {
    Dial dial = new Dial(Fake::new);
    Socket won =
        dial.connect(List.of(at("192.0.2.1"), at("192.0.2.2"), at("2001:db8::3")), 1, 60_000);
    assertSame(made.get(2), won);
    assertTrue(made.get(0).isEnded() && made.get(1).isEnded());
    assertTrue(!made.get(2).isEnded());
    dial.close();
    assertTrue(made.get(2).isEnded());
  }

  @Test
  void whereOneAnswersNoOtherIsTried() throws Exception {
    new Dial(Fake::new).connect(List.of(at("192.0.2.9"), at("192.0.2.1")), 1, 60_000);
    assertEquals(List.of(at("192.0.2.9")), tried);
  }

  @Test
  void whereNoneAnswersTheLastFailureIsTold() throws Exception {
    List<InetAddress> both = List.of(at("192.0.2.2"), at("192.0.2.2"));
    assertThrows(ConnectException.class, () -> new Dial(Fake::new).connect(both, 1, 60_000));
    assertThrows(
        ConnectException.class, () -> new Dial(Fake::new).connect(both.subList(0, 1), 1, 60_000));
    assertThrows(IOException.class, () -> new Dial(Fake::new).connect(List.of(), 1, 60_000));
  }

  @Test
  void closingEndsAnAttemptThatNobodyAnswers() throws Exception {
    Dial dial = new Dial(Fake::new);
    Thread closer =
        new Thread(
            () -> {
              while (tried.size() < 2) {
                Thread.onSpinWait();
              }
              dial.close();
            });
    closer.start();
    List<InetAddress> silent = List.of(at("192.0.2.1"), at("192.0.2.1"));
    assertThrows(IOException.class, () -> dial.connect(silent, 1, 60_000));
    closer.join();
    assertThrows(IOException.class, () -> dial.connect(silent, 1, 60_000));
  }

  @Test
  void familiesTakeTurnsAndTheGoodOneIsFirst() throws Exception {
    Addresses addresses = new Addresses();
    List<InetAddress> found =
        List.of(at("192.0.2.1"), at("192.0.2.2"), at("192.0.2.3"), at("2001:db8::1"));
    assertEquals(
        List.of(at("2001:db8::1"), at("192.0.2.1"), at("192.0.2.2"), at("192.0.2.3")),
        addresses.inOrder(found));
    addresses.wasGood(at("192.0.2.3"));
    assertEquals(
        List.of(at("192.0.2.3"), at("2001:db8::1"), at("192.0.2.1"), at("192.0.2.2")),
        addresses.inOrder(found));
    addresses.wasGood(at("192.0.2.99"));
    assertEquals(at("2001:db8::1"), addresses.inOrder(found).get(0), "it is gone from the name");
  }
}
