package tv.hearth.management.notify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.management.notify.Pending.Waiting;

/** What waits over power cuts and full disks. */
class PendingTest {
  private static final String ID = "n1700000000000-0123456789abcdef";
  private static final String OTHER = "n1700000000001-0123456789abcdef";
  @TempDir Path folder;

  private static Waiting waiting(String id) {
    byte[] message = {10, 0, (byte) 0xFF};
    return new Waiting(id, "Device.LocalAgent.Controller.1", message, 1, 0, 0);
  }

  private static List<String> ids(Pending pending) {
    return pending.due(0).stream().map(Waiting::id).collect(Collectors.toList());
  }

  @Test
  void whatAPowerCutLeftOfAWriteIsNoNotification() throws IOException {
    Pending before = new Pending(folder, 8);
    before.add(waiting(ID));
    Path torn = folder.resolve(OTHER + ".tmp");
    Files.write(torn, Files.readAllBytes(folder.resolve(ID)));
    Pending after = new Pending(folder, 8);
    assertEquals(List.of(ID), ids(after), "a temporary file is nothing that was kept");
    assertFalse(Files.exists(torn), "and it is gone");
  }

  @Test
  void whatIsNoNotificationIsDeleted() throws IOException {
    Files.write(folder.resolve(ID), "damaged".getBytes(StandardCharsets.US_ASCII));
    assertEquals(List.of(), ids(new Pending(folder, 8)));
    assertFalse(Files.exists(folder.resolve(ID)));
  }

  @Test
  void whatANewerReleaseSaysOfANotificationHindersNone() throws IOException {
    Files.writeString(folder.resolve(ID), "Device.Controller.1\n77 urgent\nmessage");
    Waiting one = new Pending(folder, 8).due(0).get(0);
    assertEquals(77, one.endMillis());
    assertEquals("message", new String(one.message(), StandardCharsets.US_ASCII));
  }

  @Test
  void filesThatNobodyKnowsAreLeftAlone() throws IOException {
    Path unknown = Files.writeString(folder.resolve("m-" + ID), "of a newer release");
    assertEquals(List.of(), ids(new Pending(folder, 8)));
    assertEquals("of a newer release", Files.readString(unknown));
  }

  /** A folder in place of a file: as a sector that can't be read. */
  @Test
  void oneThatCantBeReadCostsNoOther() throws IOException {
    new Pending(folder, 8).add(waiting(OTHER));
    Files.createDirectories(folder.resolve(ID));
    assertEquals(List.of(OTHER), ids(new Pending(folder, 8)));
  }

  @Test
  void noMoreAreReadThanAreKept() throws IOException {
    Pending pending = new Pending(folder, 8);
    pending.add(waiting(ID));
    pending.add(waiting(OTHER));
    assertEquals(List.of(OTHER), ids(new Pending(folder, 1)));
  }

  @Test
  void aFullDiskLosesNoNotificationWhileThisRuns() throws IOException {
    Pending pending = new Pending(folder, 8);
    Files.createDirectories(folder.resolve(ID + ".tmp/full"));
    pending.add(waiting(ID));
    assertEquals(List.of(ID), ids(pending));
    pending.remove(ID);
    assertEquals(0, pending.size());
  }
}
