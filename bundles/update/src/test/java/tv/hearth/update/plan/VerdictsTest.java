package tv.hearth.update.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufException;
import tv.hearth.tuf.json.JsonObject;

/** What stops a fleet, and what does not. */
class VerdictsTest {
  private static final Set<TufException.Problem> HARMLESS =
      Set.of(TufException.Problem.CUT_SHORT, TufException.Problem.EXPIRED);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(TufException.Problem.class)
  void onlyWhatCameWholeAndIsWrongIsUntrusted(TufException.Problem refusal) {
    boolean untrusted = Verdicts.of(refusal, Problem.UNREACHABLE) == Problem.UNTRUSTED;
    assertEquals(!HARMLESS.contains(refusal), untrusted);
  }

  @Test
  void whatExpiredIsNamedSoAndWhatIsCutIsTheLines() {
    assertEquals(Problem.EXPIRED, Verdicts.of(TufException.Problem.EXPIRED, Problem.DOWNLOAD));
    assertEquals(Problem.DOWNLOAD, Verdicts.of(TufException.Problem.CUT_SHORT, Problem.DOWNLOAD));
  }

  @Test
  void aPayloadThatEndsEarlyOnAMediumIsNotWhole() throws Exception {
    Path targets = Files.createDirectories(folder.resolve("r/targets/b"));
    TargetFile target =
        new TargetFile("b/x.jar", 10, Map.of("sha256", "00"), new JsonObject(Map.of()));
    Files.write(targets.resolve("00.x.jar"), new byte[9]);
    assertEquals(Problem.DOWNLOAD, problem(target));
    Files.write(targets.resolve("00.x.jar"), new byte[10]);
    assertEquals(Problem.UNTRUSTED, problem(target));
  }

  private Problem problem(TargetFile target) {
    URI base = folder.resolve("r").toUri();
    return assertThrows(
            UpdateException.class,
            () ->
                new FolderAccess()
                    .payloads(base)
                    .fetch(target, folder.resolve("into"), () -> false))
        .problem();
  }

  @Test
  void aBoxThatCantVerifyNowFindsNothingUntrusted() throws Exception {
    assertEquals(
        Problem.UNREACHABLE,
        find(
            (scheme, key, message, signature) -> {
              throw new ServiceMissingException("the bundle crypto");
            }));
  }

  @Test
  void aBoxThatCantReadItsOwnMetadataSaysThatItIsItsStore() throws Exception {
    Files.createDirectories(folder.resolve("metadata/root.json"));
    assertEquals(Problem.STORAGE, find((scheme, key, message, signature) -> true));
  }

  private Problem find(PublicKeyVerifier verifier) throws Exception {
    Files.createDirectories(folder.resolve(BundleStore.incoming("x")).getParent());
    try (FolderDisk disk = new FolderDisk(folder)) {
      TufRepository repository =
          new TufRepository(
              folder.resolve("r").toUri(),
              new FileMetadataStore(folder.resolve("metadata"), folder.resolve("root.json")),
              verifier,
              () -> List.of(new FolderAccess()),
              disk,
              InstantSource.system());
      return assertThrows(UpdateException.class, () -> repository.find("release/a", () -> false))
          .problem();
    }
  }
}
