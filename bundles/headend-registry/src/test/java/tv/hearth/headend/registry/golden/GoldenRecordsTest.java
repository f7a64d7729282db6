package tv.hearth.headend.registry.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.hearth.headend.registry.operator.Delegations;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.EnrolRequest;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.SignedMap;

/** Bytes that must outlive every later change: {@code src/test/resources/golden/*.hex}. */
class GoldenRecordsTest {
  private final GoldenRecords records = new GoldenRecords();

  static byte[] golden(String name) throws IOException {
    try (InputStream in = GoldenRecordsTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
      String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
  }

  @Test
  void whatIsWrittenIsWhatWasWritten() throws Exception {
    for (Map.Entry<String, byte[]> entry : records.all().entrySet()) {
      String expected = HexFormat.of().formatHex(golden(entry.getKey()));
      assertEquals(expected, HexFormat.of().formatHex(entry.getValue()), entry.getKey());
    }
  }

  @Test
  void whatWasWrittenIsRead() throws Exception {
    SignedMap message = SignedMap.decode(golden("signed-map"));
    assertArrayEquals(golden("delegation"), message.delegation());
    DelegationRecord delegation =
        Delegations.verify(message.delegation(), Ed25519Keys.publicKey(records.rootKey()));
    byte[] payload =
        Delegations.payload(
            message.map(), MapRecord.TYPE, Ed25519Keys.publicKey(delegation.mapKey().toArray()));
    assertEquals(7, MapRecord.decode(payload, delegation).version());
    assertEquals("endpoint", Sign1.parse(golden("endpoint")).type().split("/")[1]);
    assertEquals(16, EnrolRequest.decode(golden("enrol")).claim().length());
    assertEquals("hamlet", EnrolAnswer.decode(golden("enrolled")).neighbourhood());
  }

  @Test
  void unknownVersionsAreRefusedByName() throws Exception {
    byte[] request = CborMap.parse(golden("enrol")).put("v", 2).toBytes();
    RecordException e = assertThrows(RecordException.class, () -> EnrolRequest.decode(request));
    assertTrue(e.getMessage().contains("hearth/enrol of version 2"), e.getMessage());
    byte[] answer = CborMap.parse(golden("enrolled")).put("v", 3).toBytes();
    e = assertThrows(RecordException.class, () -> EnrolAnswer.decode(answer));
    assertTrue(e.getMessage().contains("hearth/enrolled of version 3"), e.getMessage());
  }
}
