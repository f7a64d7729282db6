package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.support.cbor.CborMap;

/** Two places, of which the first has a box; its certificate is the operator's, for its name. */
class OwnIdsTest {
  private static final String ID = "operator";
  @TempDir private Path folder;
  private Hood hood;

  @BeforeEach
  void make() throws Exception {
    hood = Hood.create(folder, 2, "", "open", new Installation(folder));
    byte[] leaf =
        KeyFiles.chain(folder.resolve("operator/operator/operator.pem")).get(0).getEncoded();
    Path crypto = Files.createDirectories(hood.box(1).folder().resolve("home/crypto"));
    CborMap map =
        new CborMap()
            .put("t", "hearth/certificates")
            .put("v", 1)
            .putBytesList("operational", List.of(leaf))
            .putBytesList("renewal", List.of(leaf))
            .put("generation", 1);
    Files.write(crypto.resolve("certificates"), map.toBytes());
  }

  private static JsonNode boxes(String claim, String departure) throws Exception {
    return new ObjectMapper()
        .readTree(
            "[{\"id\":\""
                + ID
                + "\",\"claim\":\""
                + claim
                + "\",\"departure\":\""
                + departure
                + "\"},{\"id\":\"other\",\"claim\":\"\",\"departure\":\"MEMBER\"}]");
  }

  @Test
  void aBoxSaysWhoItIs() throws Exception {
    assertEquals(Optional.of(ID), OwnIds.of(hood.box(1).folder()));
    assertEquals(Optional.empty(), OwnIds.of(hood.box(2).folder()));
    Files.writeString(hood.box(1).folder().resolve("home/crypto/certificates"), "damaged");
    assertEquals(Optional.empty(), OwnIds.of(hood.box(1).folder()));
  }

  @Test
  void aRegistryThatWasFilledFromAMapKnowsWhomTheOperatorRemovedHere() throws Exception {
    Roll roll = Roll.of(hood, boxes("", "OPERATOR"));
    assertTrue(roll.isRemoved(1));
    assertFalse(roll.isRemoved(2));
    assertEquals(1, roll.expected(List.of(1)), "it is not waited for");
    assertFalse(Roll.of(hood, boxes("", "MEMBER")).isRemoved(1));
  }

  @Test
  void aClaimThatIsKnownStays() throws Exception {
    JsonNode named = OwnIds.claimed(hood, boxes("", "MEMBER"));
    assertEquals(hood.claimOf(1), named.get(0).get("claim").asText());
    assertEquals("", named.get(1).get("claim").asText(), "it is elsewhere");
    assertEquals("c1", OwnIds.claimed(hood, boxes("c1", "MEMBER")).get(0).get("claim").asText());
    JsonNode known = new ObjectMapper().readTree("[{\"id\":\"a\",\"claim\":\"c\"}]");
    assertSame(known, OwnIds.claimed(hood, known));
  }
}
