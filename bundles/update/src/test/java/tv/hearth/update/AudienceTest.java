package tv.hearth.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.update.Operation;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.update.engine.Ledger;

/** The end of an operation is told once to each bundle that listens, however often it restarts. */
class AudienceTest {
  @TempDir private Path folder;
  private final List<String> heard = new ArrayList<>();

  @Test
  void anEndIsToldOnceAlsoToWhoWasAway() throws Exception {
    Audience first = open();
    first.add(this::hear, "management");
    end(first, "op");
    assertEquals(List.of("op COMMITTED"), heard);
    Audience second = open();
    second.add(this::hear, "management");
    assertEquals(List.of("op COMMITTED"), heard, "told again");
    second.add(this::hear, "campaign");
    assertEquals(List.of("op COMMITTED", "op COMMITTED"), heard, "not told to another");
  }

  @Test
  void aListenerThatThrowsIsToldAgain() throws Exception {
    Audience first = open();
    first.add(
        op -> {
          throw new IllegalStateException("the line is down");
        },
        "management");
    end(first, "op");
    open().add(this::hear, "management");
    assertEquals(List.of("op COMMITTED"), heard);
  }

  @Test
  void oneThatWasThereBeforeTheJournalWasReadIsToldToo() throws Exception {
    end(open(), "op");
    Audience audience = new Audience();
    audience.add(this::hear, "management");
    audience.start(new Ledger(new Journal(new FolderDisk(folder)), audience));
    assertEquals(List.of("op COMMITTED"), heard);
  }

  private Ledger ledger;

  private Audience open() throws Exception {
    Audience audience = new Audience();
    ledger = new Ledger(new Journal(new FolderDisk(folder)), audience);
    audience.start(ledger);
    return audience;
  }

  private void end(Audience audience, String id) throws Exception {
    ledger.change(
        s ->
            s.with(
                OperationRecord.begun(id, "release/a/1.json", "REFRESHING", 1)
                    .ended("COMMITTED", 2)));
  }

  private void hear(Operation operation) {
    heard.add(operation.id() + " " + operation.phase());
  }
}
