package tv.hearth.support.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.text.KeyIds;

/** Records of a release that knows more than this one. */
class GrowthTest {
  private static final OwnerId OWNER = new OwnerId("a".repeat(32));

  @Test
  void whatIsNotKnownIsWrittenBackAsItCame() throws Exception {
    byte[] head = with(head(), "heat", 7);
    assertArrayEquals(head, HeadRecord.decode(head).encode());
    byte[] descriptor = with(Samples.descriptor().encode(), "heat", 7);
    assertEquals(Bytes.of(KeyIds.sha256(descriptor)), DescriptorRecord.decode(descriptor).hash());
  }

  @Test
  void aCriticalFieldIsRefusedByName() throws Exception {
    CborMap map = CborMap.parse(head()).put("lease", 7).putTexts("crit", List.of("lease"));
    RecordException refused =
        assertThrows(RecordException.class, () -> HeadRecord.decode(map.toBytes()));
    assertTrue(refused.isNewer());
    assertTrue(refused.getMessage().contains("lease"), refused.getMessage());
  }

  @Test
  void aCriticalFieldThatIsKnownIsNone() throws Exception {
    CborMap map = CborMap.parse(head()).putTexts("crit", List.of("revision", "written"));
    assertArrayEquals(map.toBytes(), HeadRecord.decode(map.toBytes()).encode());
  }

  @Test
  void aNewerVersionIsToldFromAMalformedOne() throws Exception {
    RecordException newer =
        assertThrows(RecordException.class, () -> HeadRecord.decode(with(head(), "v", 2)));
    assertTrue(newer.isNewer());
    RecordException wrong =
        assertThrows(RecordException.class, () -> HeadRecord.decode(with(head(), "revision", 0)));
    assertFalse(wrong.isNewer());
  }

  private static byte[] head() {
    List<Bytes> parents = List.of(Bytes.of(new byte[32]));
    return new HeadRecord(
            OWNER, Bytes.of(new byte[32]), 2, parents, false, Bytes.of(new byte[20]), Instant.EPOCH)
        .encode();
  }

  private static byte[] with(byte[] payload, String field, long value) throws CborException {
    return CborMap.parse(payload).put(field, value).toBytes();
  }
}
