package tv.hearth.tests.update;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A box in a JVM of its own, which begins an update and is killed by its test. */
final class BoxMain {
  private BoxMain() {}

  /** {@code FRAMEWORK FOLDER REPOSITORY TARGET JAR…}. */
  public static void main(String[] args) throws Exception {
    List<Path> firmware = Arrays.stream(args).skip(4).map(Path::of).toList();
    TestRepository repository = TestRepository.published(Path.of(args[2]));
    Box box = new Box(args[0], Path.of(args[1]), firmware, repository).start();
    box.begin("op", args[3]);
    box.ended("op");
    System.exit(0);
  }
}
