package tv.hearth.support.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AsideTest {
  @TempDir Path folder;

  @Test
  void whatWasSetAsideIsTakenBackWhereNothingIsInItsPlace() throws IOException {
    Path file = Files.writeString(folder.resolve("state"), "newer");
    Aside.put(file, "of version 2");
    assertFalse(Files.exists(file));
    Aside.takeBack(file);
    assertEquals("newer", Files.readString(file));
    assertFalse(Files.exists(Aside.of(file)));
  }

  @Test
  void oneCopyIsKeptAndWhatIsInPlaceStays() throws IOException {
    Path file = Files.writeString(folder.resolve("state"), "first");
    Aside.put(file, "of version 2");
    Files.writeString(file, "second");
    Aside.takeBack(file);
    assertEquals("second", Files.readString(file));
    Aside.put(file, "of version 3");
    assertEquals("second", Files.readString(Aside.of(file)));
    Aside.put(file, "there is none now");
    assertEquals("second", Files.readString(Aside.of(file)));
  }
}
