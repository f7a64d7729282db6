package tv.hearth.support.record;

import java.util.List;
import tv.hearth.api.value.BoxId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * What the headend answers to a node that may be a member. The arrays must not be changed.
 *
 * @param box the id that the node has for life
 * @param operational DER certificates, leaf first
 * @param renewal DER certificates, leaf first
 * @param map the present {@link SignedMap}; empty where there is none yet
 */
public record EnrolAnswer(
    BoxId box, String neighbourhood, List<byte[]> operational, List<byte[]> renewal, byte[] map) {
  /** Type of the message. */
  public static final String TYPE = "hearth/enrolled";

  /** Largest message, bytes. */
  public static final int MAX = (1 << 20) + (1 << 16);

  private static final int VERSION = 1;
  private static final int MOST_CERTIFICATE = 4096;

  /** Copies the lists. */
  public EnrolAnswer {
    operational = List.copyOf(operational);
    renewal = List.copyOf(renewal);
  }

  /** The message's bytes. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("box", box.text())
        .put("neighbourhood", neighbourhood)
        .putBytesList("operational", operational)
        .putBytesList("renewal", renewal)
        .put("map", map)
        .toBytes();
  }

  /** Parses a message; certificates and map are not checked. */
  public static EnrolAnswer decode(byte[] message) throws RecordException {
    return Fields.parse(TYPE, VERSION, message, EnrolAnswer::read);
  }

  private static EnrolAnswer read(CborMap map) throws CborException {
    return new EnrolAnswer(
        new BoxId(map.text("box", 32)),
        map.text("neighbourhood", 32),
        map.bytesList("operational", 4, 1, MOST_CERTIFICATE),
        map.bytesList("renewal", 4, 1, MOST_CERTIFICATE),
        map.bytes("map", 0, 1 << 20));
  }
}
