package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.record.Receipt;
import tv.hearth.support.text.KeyIds;
import tv.hearth.tests.contracts.crypto.TestCertificate;
import tv.hearth.tests.contracts.pieces.PieceSamples;

/** Another implementation of HTTP and TLS speaks with a box. */
@Timeout(300)
final class CurlTest {
  private static final PieceId PIECE = PieceSamples.piece(1, 0, 7);
  private static final byte[] CONTENT = PieceSamples.content(4, 3_000_000);

  @TempDir Path temp;
  private TestBox holder;
  private BoxId me;

  private static boolean hasCurl() {
    return Files.isExecutable(Path.of("/usr/bin/curl"));
  }

  @Test
  void curlPutsAndGetsAPiece() throws Exception {
    Assumptions.assumeTrue(hasCurl(), "there is no curl on this machine");
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox box = TestBox.member(neighbourhood, "holder");
        TestBox owner = TestBox.member(neighbourhood, "owner")) {
      holder = box;
      join(neighbourhood, owner);
      Path file = Files.write(temp.resolve("piece"), CONTENT);
      byte[] grant = owner.grant(holder.id(), PIECE, CONTENT.length);
      byte[] receipt =
          curl(
              "-T",
              file.toString(),
              "-H",
              "Content-Range: bytes 0-2999999/3000000",
              "-H",
              "Hearth-Grant: " + Base64.getUrlEncoder().encodeToString(grant));
      Receipt.decode(
          owner.crypto.verifier().verify(receipt, Receipt.TYPE, holder.identity().signingKey()));

      assertArrayEquals(CONTENT, curl());
      assertArrayEquals(Arrays.copyOfRange(CONTENT, 100_001, 200_003), curl("-r", "100001-200002"));
      String head = new String(curl("-I"), StandardCharsets.US_ASCII).toLowerCase();
      assertTrue(head.contains("content-length: 3000000"), head);
      assertTrue(head.contains("accept-ranges: bytes"), head);
    }
  }

  /** A member whose private key is in a file, as curl wants it. */
  private void join(TestNeighbourhood neighbourhood, TestBox household) throws Exception {
    KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] spki = keys.getPublic().getEncoded();
    me = new BoxId(KeyIds.of(spki));
    MapBox like = neighbourhood.entry(household.id());
    neighbourhood.put(
        new MapBox(
            me,
            Bytes.of(spki),
            like.exchangeKey(),
            like.household(),
            like.householdKey(),
            "pid-1",
            1,
            MapBox.State.ACTIVE,
            "curl",
            List.of()));
    StringBuilder chain = new StringBuilder();
    for (byte[] der :
        neighbourhood.operator.operational(
            new TestCertificate(
                    me.text(), spki, neighbourhood.operator.from(), Instant.now().plusSeconds(900))
                .uri("urn:hearth:box:" + me)
                .dns(me + ".box.hearth.internal")
                .usages(TestCertificate.SERVER, TestCertificate.CLIENT))) {
      chain.append(pem("CERTIFICATE", der));
    }
    Files.writeString(temp.resolve("cert.pem"), chain);
    Files.writeString(temp.resolve("key.pem"), pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
  }

  private byte[] curl(String... options) throws Exception {
    String host = holder.id() + ".box.hearth.internal";
    Path out = temp.resolve("out");
    List<String> command =
        new ArrayList<>(
            List.of(
                "/usr/bin/curl",
                "-sS",
                "--fail-with-body",
                "--noproxy",
                "*",
                "--max-time",
                "30",
                "--cert",
                temp.resolve("cert.pem").toString(),
                "--key",
                temp.resolve("key.pem").toString(),
                "--cacert",
                holder.neighbourhood.anchor.toString(),
                "--connect-to",
                host + ":7443:127.0.0.1:" + holder.port()));
    command.addAll(List.of(options));
    command.add("https://" + host + ":7443/v1/pieces/" + PIECE);
    Process curl =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(temp.resolve("err").toFile())
            .start();
    assertTrue(curl.waitFor(2, TimeUnit.MINUTES), "curl hangs");
    assertEquals(0, curl.exitValue(), Files.readString(temp.resolve("err")));
    return Files.readAllBytes(out);
  }

  private static String pem(String type, byte[] der) {
    String body =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der);
    return "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n";
  }
}
