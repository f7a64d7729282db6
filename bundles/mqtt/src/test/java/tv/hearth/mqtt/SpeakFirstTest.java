package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpeakFirstTest {
  private final SpeakFirst order = new SpeakFirst();
  private final InputStream in = order.reading(new ByteArrayInputStream(new byte[] {7}));
  private final CompletableFuture<Integer> answer = new CompletableFuture<>();
  private final Thread reader = new Thread(this::read);

  @Test
  void nothingIsReadBeforeSomethingWasWritten() throws Exception {
    reader.start();
    Await.until("waiting", () -> reader.getState() == Thread.State.WAITING);
    order.writing(new ByteArrayOutputStream()).write(new byte[] {1});
    assertEquals(7, answer.get());
  }

  @Test
  void anInterruptDoesNotCutTheWaitShort() throws Exception {
    reader.start();
    Await.until("waiting", () -> reader.getState() == Thread.State.WAITING);
    reader.interrupt();
    Await.until("taken", () -> !reader.isInterrupted());
    assertTrue(!answer.isDone());
    order.release();
    assertEquals(7, answer.get());
  }

  private void read() {
    try {
      answer.complete(in.available() == 1 ? in.read() : -2);
    } catch (IOException e) {
      answer.completeExceptionally(e);
    }
  }
}
