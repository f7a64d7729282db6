package tv.hearth.launcher.hood;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tv.hearth.launcher.LauncherException;
import tv.hearth.release.KeyFile;
import tv.hearth.release.ReleaseBuilder;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.Repository;
import tv.hearth.release.Role;
import tv.hearth.release.Roles;
import tv.hearth.release.SigningKey;
import tv.hearth.release.SigningKey.Scheme;
import tv.hearth.tuf.release.LeastVersions;
import tv.hearth.tuf.release.ReleaseFile;

/**
 * The release keys and the repository of a neighbourhood on this machine. A fleet's root and
 * release keys are kept offline and by several people; here one folder has them all, without
 * passphrases, for whoever may read it plays all parts.
 */
public final class ReleaseDesk {
  private static final int ROOT_KEYS = 5;
  private static final int ROOT_THRESHOLD = 3;
  private static final int RELEASE_KEYS = 3;
  private static final int RELEASE_THRESHOLD = 2;
  private static final Duration YEAR = Duration.ofDays(365);
  private static final Duration SNAPSHOT = Duration.ofDays(30);
  private static final Duration TIMESTAMP = Duration.ofDays(7);

  private final Path keys;
  private final Path folder;

  /** In a neighbourhood's folder. */
  ReleaseDesk(Path hood) {
    this.keys = hood.resolve("release-keys");
    this.folder = hood.resolve("repository");
  }

  /** The repository's folder. */
  public Path repository() {
    return folder;
  }

  /** The keys' folder: {@code root-1.key} …, {@code release-1.key} …, {@code online.key}. */
  public Path keys() {
    return keys;
  }

  /** The root that boxes trust from their first start on. */
  public Path trustedRoot() {
    return folder.resolve("metadata").resolve("1.root.json");
  }

  /** True where keys were made. */
  public boolean exists() {
    return Files.exists(trustedRoot());
  }

  /** Makes keys, signs the first root and publishes it; there already: no effect. */
  public void make() throws IOException {
    if (exists()) {
      return;
    }
    try {
      SecureRandom random = new SecureRandom();
      List<SigningKey> root = generate("root", ROOT_KEYS, Scheme.COMPOSITE, random);
      List<SigningKey> release = generate("release", RELEASE_KEYS, Scheme.COMPOSITE, random);
      SigningKey online = SigningKey.generate(Scheme.ED25519, random);
      KeyFile.write(keys.resolve("online.key"), online, new char[0], random);
      Repository repository = new Repository(folder);
      Role fresh = new Role(List.of(online.publicKey()), 1);
      Roles roles =
          new Roles(role(root, ROOT_THRESHOLD), role(release, RELEASE_THRESHOLD), fresh, fresh);
      Path staged = repository.stageRoot(roles, Instant.now().plus(YEAR));
      sign(staged, root, ROOT_THRESHOLD);
      Path targets = repository.stageTargets(Map.of(), Instant.now().plus(YEAR));
      sign(targets, release, RELEASE_THRESHOLD);
      repository.publish(online, Instant.now(), SNAPSHOT, TIMESTAMP);
    } catch (ReleaseToolException e) {
      throw new LauncherException("can't make release keys in " + keys + ": " + e.getMessage(), e);
    }
  }

  private List<SigningKey> generate(String name, int count, Scheme scheme, SecureRandom random)
      throws IOException, ReleaseToolException {
    List<SigningKey> made = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      SigningKey key = SigningKey.generate(scheme, random);
      KeyFile.write(keys.resolve(name + "-" + i + ".key"), key, new char[0], random);
      made.add(key);
    }
    return made;
  }

  private static Role role(List<SigningKey> keys, int threshold) {
    return new Role(keys.stream().map(SigningKey::publicKey).toList(), threshold);
  }

  private static void sign(Path staged, List<SigningKey> keys, int count)
      throws IOException, ReleaseToolException {
    for (SigningKey key : keys.subList(0, count)) {
      Repository.sign(staged, key);
    }
  }

  /**
   * Builds, signs and publishes a release with the next counter.
   *
   * @param windowSeconds how long a box watches it
   * @return its target's name
   */
  public String publish(String name, String version, List<Path> bundles, int windowSeconds)
      throws IOException {
    return publish(name, version, bundles, windowSeconds, LeastVersions.NONE);
  }

  /**
   * As above.
   *
   * @param from what a box must have so that it can be installed there
   */
  public String publish(
      String name, String version, List<Path> bundles, int windowSeconds, LeastVersions from)
      throws IOException {
    try {
      Repository repository = new Repository(folder);
      ReleaseBuilder.Settings settings =
          new ReleaseBuilder.Settings(
              name,
              version,
              repository.largestCounter() + 1,
              List.of("*"),
              windowSeconds,
              from,
              bundles,
              Map.of(),
              Map.of());
      Path staged =
          repository.stageTargets(
              new ReleaseBuilder(repository).build(settings), Instant.now().plus(YEAR));
      List<SigningKey> signers = new ArrayList<>();
      for (int i = 1; i <= RELEASE_THRESHOLD; i++) {
        signers.add(KeyFile.read(keys.resolve("release-" + i + ".key"), new char[0]));
      }
      sign(staged, signers, RELEASE_THRESHOLD);
      SigningKey online = KeyFile.read(keys.resolve("online.key"), new char[0]);
      repository.publish(online, Instant.now(), SNAPSHOT, TIMESTAMP);
      return ReleaseFile.target(name, version);
    } catch (ReleaseToolException e) {
      throw new LauncherException("can't publish " + name + ": " + e.getMessage(), e);
    }
  }
}
