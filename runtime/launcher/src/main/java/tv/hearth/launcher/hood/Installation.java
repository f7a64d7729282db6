package tv.hearth.launcher.hood;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import tv.hearth.launcher.LauncherException;

/**
 * What was built: bundles, frameworks and tools. {@code -Dhearth.root} names the checkout.
 *
 * @param root the checkout
 */
public record Installation(Path root) {

  /** The one that this launcher belongs to. */
  public static Installation own() {
    String root = System.getProperty("hearth.root");
    if (root == null) {
      throw new LauncherException("start the launcher by runtime/hearth, which sets hearth.root");
    }
    return new Installation(Path.of(root));
  }

  /** The bundles of a box. */
  public Path boxBundles() {
    return built("runtime/box/target/export/host");
  }

  /** The bundles of the headend. */
  public Path headendBundles() {
    return built("runtime/headend/target/export/headend");
  }

  /** Class path of the embedded broker. */
  public String brokerClassPath() {
    return built("runtime/broker/target/lib")
        + "/*"
        + File.pathSeparator
        + built("runtime/broker/target/tv.hearth.runtime.broker-0.1.0.jar");
  }

  /**
   * Folders of native libraries, one a processor, unpacked where programs may lie; nodes use them
   * where their own folder is mounted noexec.
   */
  Path nativeLibraries() {
    return built("runtime/box/target/native/Linux");
  }

  /** The one access list of both brokers. */
  public Path accessList() {
    return built("runtime/config/topics.acl");
  }

  /** The film that the repository carries. */
  public Path sampleFilm() {
    return built("runtime/samples/hearth-test-film");
  }

  /** Copies what nodes run on; replaces an older copy. */
  void copyTo(Path folder) throws IOException {
    Hood.deleteTree(folder);
    Copy copy = new Copy(folder);
    copyJars(boxBundles(), copy.boxBundles());
    copyJars(headendBundles(), copy.headendBundles());
    copy(built("runtime/box/target/framework/felix.jar"), folder.resolve("felix.jar"));
    copy(built("runtime/host/target/tv.hearth.runtime.host-0.1.0.jar"), folder.resolve("host.jar"));
  }

  private static void copyJars(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (DirectoryStream<Path> jars = Files.newDirectoryStream(from, "*.jar")) {
      for (Path jar : jars) {
        copy(jar, to.resolve(jar.getFileName()));
      }
    }
  }

  /** A full disk is told of where it is written to; Java's own copy names what it reads. */
  static void copy(Path from, Path to) throws IOException {
    try (OutputStream out = Files.newOutputStream(to)) {
      Files.copy(from, out);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      throw (IOException) new FileSystemException(to.toString(), null, e.getMessage()).initCause(e);
    }
  }

  /**
   * What the nodes of one neighbourhood run on.
   *
   * @param folder inside the neighbourhood's
   */
  record Copy(Path folder) {
    Path boxBundles() {
      return folder.resolve("box");
    }

    Path headendBundles() {
      return folder.resolve("headend");
    }

    /** Class path of a node: the framework and the host. */
    String hostClassPath() {
      return folder.resolve("felix.jar") + File.pathSeparator + folder.resolve("host.jar");
    }
  }

  private Path built(String relative) {
    Path path = root.resolve(relative);
    if (!Files.exists(path)) {
      throw new LauncherException(
          relative + " is missing: build with ./mvnw package -DskipTests in " + root);
    }
    return path;
  }
}
