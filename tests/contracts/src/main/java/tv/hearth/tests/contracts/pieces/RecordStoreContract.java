package tv.hearth.tests.contracts.pieces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.Bytes;

/** What every {@link RecordStore} must do. */
public abstract class RecordStoreContract {
  private static final String SUBJECT = "c".repeat(32);
  private static final RecordKey KEY = key("one");
  private static final Bytes A = Bytes.of(content(1, 100));
  private static final Bytes B = Bytes.of(content(2, 200));

  /** The store under test: empty, with room for at least 8 MiB of one subject. */
  protected abstract RecordStore store();

  @Test
  public void nothingIsNoError() throws StoreException {
    assertEquals(List.of(), store().get(KEY));
    assertEquals(List.of(), store().list(RecordKind.HEAD, SUBJECT, "", 10));
  }

  @Test
  public void replacesWhatWasExpected() throws StoreException {
    assertTrue(store().replace(KEY, List.of(), List.of(A)));
    assertTrue(store().replace(KEY, List.of(A), List.of(A, B)));
    assertEquals(List.of(A, B), store().get(KEY));
    assertTrue(store().replace(KEY, List.of(A, B), List.of()));
    assertEquals(List.of(), store().get(KEY));
  }

  @Test
  public void leavesAloneWhatWasNotExpected() throws StoreException {
    store().replace(KEY, List.of(), List.of(A));
    assertFalse(store().replace(KEY, List.of(), List.of(B)));
    assertFalse(store().replace(KEY, List.of(B), List.of(B)));
    assertFalse(store().replace(KEY, List.of(A, B), List.of(B)));
    assertEquals(List.of(A), store().get(KEY));
  }

  @Test
  public void kindsSubjectsAndNamesAreApart() throws StoreException {
    store().replace(KEY, List.of(), List.of(A));
    assertEquals(List.of(), store().get(new RecordKey(RecordKind.ROOT, SUBJECT, "one")));
    assertEquals(List.of(), store().get(new RecordKey(RecordKind.HEAD, "d".repeat(32), "one")));
    assertEquals(List.of(), store().get(key("one1")));
  }

  @Test
  public void listsByNamePageByPage() throws StoreException {
    for (String name : List.of("b", "a", "c-1", "c")) {
      store().replace(key(name), List.of(), List.of(A, B));
    }
    List<String> names = new ArrayList<>();
    String after = "";
    List<RecordStore.Entry> page = store().list(RecordKind.HEAD, SUBJECT, after, 3);
    while (!page.isEmpty()) {
      page.forEach(entry -> assertEquals(List.of(A, B), entry.records()));
      page.forEach(entry -> names.add(entry.key().name()));
      after = names.get(names.size() - 1);
      page = store().list(RecordKind.HEAD, SUBJECT, after, 3);
    }
    assertEquals(List.of("a", "b", "c", "c-1"), names);
  }

  @Test
  public void aPageIsAtMostAMebibyteButOneEntry() throws StoreException {
    Bytes large = Bytes.of(content(3, RecordStore.MAX_RECORD));
    store().replace(key("a"), List.of(), List.of(large, large));
    store().replace(key("b"), List.of(), List.of(A));
    assertEquals(1, store().list(RecordKind.HEAD, SUBJECT, "", 10).size());
    assertEquals(1, store().list(RecordKind.HEAD, SUBJECT, "a", 10).size());
  }

  @Test
  public void refusesTooManyAndTooLarge() {
    Bytes tooLarge = Bytes.of(new byte[RecordStore.MAX_RECORD + 1]);
    PieceStoreContract.assertProblem(
        StoreException.Problem.QUOTA, () -> store().replace(KEY, List.of(), List.of(tooLarge)));
    PieceStoreContract.assertProblem(
        StoreException.Problem.QUOTA,
        () -> store().replace(KEY, List.of(), Collections.nCopies(9, A)));
  }

  @Test
  public void ofManyWritersOneWins() throws InterruptedException, StoreException {
    AtomicInteger won = new AtomicInteger();
    List<Throwable> failed = Collections.synchronizedList(new ArrayList<>());
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Bytes mine = Bytes.of(content(i, 50));
      writers.add(new Thread(() -> tryToWin(mine, won, failed)));
    }
    writers.forEach(Thread::start);
    for (Thread writer : writers) {
      writer.join();
    }
    assertEquals(List.of(), failed);
    assertEquals(1, won.get());
    assertEquals(1, store().get(KEY).size());
  }

  private void tryToWin(Bytes mine, AtomicInteger won, List<Throwable> failed) {
    try {
      if (store().replace(KEY, List.of(), List.of(mine))) {
        won.incrementAndGet();
      }
    } catch (StoreException e) {
      failed.add(e);
    }
  }

  private static RecordKey key(String name) {
    return new RecordKey(RecordKind.HEAD, SUBJECT, name);
  }
}
