package tv.hearth.tests.contracts.crypto;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What the suites of this package share: an operator, a folder, and a way to open nodes. */
public abstract class CryptoContract {
  /** For each test. */
  @TempDir protected Path temp;

  /** Whose anchor the nodes trust. */
  protected TestOperator operator;

  /** The anchor's file. */
  protected Path anchor;

  /** When the operator's certificates were made. */
  protected Instant now;

  /** Opens the node whose state is in {@code folder}; makes it at the first time. */
  protected abstract CryptoServices open(
      Path folder, Path anchor, Optional<Path> claim, Optional<Path> contentKey, Clock clock)
      throws Exception;

  @BeforeEach
  final void setUpOperator() throws Exception {
    now = Instant.now();
    operator = new TestOperator(now);
    anchor = operator.writeAnchor(temp);
  }

  /** A node by name, without claim code or content key. */
  protected final CryptoServices node(String name) throws Exception {
    return open(temp.resolve(name), anchor, Optional.empty(), Optional.empty(), clock());
  }

  /** The same node at a later time. */
  protected final CryptoServices nodeLater(String name, Duration later) throws Exception {
    Clock clock = Clock.offset(clock(), later);
    return open(temp.resolve(name), anchor, Optional.empty(), Optional.empty(), clock);
  }

  /** An ingest node by name; all of a test hold one content key. */
  protected final CryptoServices ingest(String name) throws Exception {
    Path key = temp.resolve("content.pem");
    if (!Files.exists(key)) {
      operator.writeContentKey(temp);
    }
    return open(temp.resolve(name), anchor, Optional.empty(), Optional.of(key), clock());
  }

  /** A node with a claim code. */
  protected final CryptoServices claiming(String name, String code) throws Exception {
    Path file = Files.writeString(temp.resolve(name + ".claim"), code);
    return open(temp.resolve(name), anchor, Optional.of(file), Optional.empty(), clock());
  }

  private Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }
}
