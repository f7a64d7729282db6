package tv.hearth.headend.registry.golden;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.headend.registry.operator.Claim;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.EnrolBody;
import tv.hearth.support.record.EnrolRequest;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.SignedMap;
import tv.hearth.support.text.KeyIds;

/** The messages of the format pages "map" and "enrolment", made of fixed keys and values. */
final class GoldenRecords {
  private static final Instant THEN = Instant.ofEpochSecond(1_800_000_000L);
  private static final byte[] PRIVATE = HexFormat.of().parseHex("302e020100300506032b657004220420");
  private static final byte[] PUBLIC = HexFormat.of().parseHex("302a300506032b6570032100");

  /** Public halves of the seeds 01…01, 02…02, 03…03 and 04…04 (RFC 8032). */
  private static final String[] POINTS = {
    "8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c",
    "8139770ea87d175f56a35466c34c7ecccb8d8a91b4ee37a25df60f5b8fc9b394",
    "ed4928c628d1c2c6eae90338905995612959273a5c63f93636c14614ac8737d1",
    "ca93ac1705187071d67b83c7ff0efe8108e8ec4530575d7726879333dbdabe7c"
  };

  private final KeyPair root = pair(1);
  private final KeyPair mapKey = pair(2);
  private final KeyPair box = pair(3);
  private final KeyPair household = pair(4);
  private final Bytes exchange = Bytes.of(filled(5, 32));
  private final BoxId id = new BoxId(KeyIds.of(box.getPublic().getEncoded()));
  private final List<Endpoint> at =
      List.of(new Endpoint("direct4", "192.0.2.1", 7443), new Endpoint("dns", "box.example", 443));

  private static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static KeyPair pair(int seed) {
    try {
      PrivateKey key = Ed25519Keys.privateKey(joined(PRIVATE, filled(seed, 32)));
      byte[] point = HexFormat.of().parseHex(POINTS[seed - 1]);
      return new KeyPair(Ed25519Keys.publicKey(joined(PUBLIC, point)), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Bytes spki(KeyPair pair) {
    return Bytes.of(pair.getPublic().getEncoded());
  }

  private static byte[] sign(String type, byte[] payload, KeyPair pair) {
    byte[] signature = Ed25519Keys.sign(pair.getPrivate(), Sign1.toBeSigned(type, payload));
    return new Sign1(type, payload, signature).encode();
  }

  byte[] delegation() {
    byte[] payload =
        new DelegationRecord(1, 2, THEN, spki(mapKey), List.of(spki(household))).encode();
    return sign(DelegationRecord.TYPE, payload, root);
  }

  byte[] signedMap() {
    OwnerId owner = new OwnerId(KeyIds.of(household.getPublic().getEncoded()));
    MapBox shown =
        new MapBox(
            id,
            spki(box),
            exchange,
            owner,
            spki(household),
            "pid-1",
            100,
            MapBox.State.ACTIVE,
            "demo",
            at);
    byte[] payload = MapRecord.encode(new BoxMap("hamlet", 1, 7, THEN, List.of(shown), Map.of()));
    return new SignedMap(delegation(), sign(MapRecord.TYPE, payload, mapKey)).encode();
  }

  byte[] endpoint() {
    return sign(EndpointRecord.TYPE, new EndpointRecord(id, 1_800_000_001L, at).encode(), box);
  }

  byte[] request() throws GeneralSecurityException {
    EnrolBody body =
        new EnrolBody(
            Bytes.of(filled(6, 10)), exchange, spki(household), "demo", "pid-1", at, THEN);
    byte[] signed = sign(EnrolBody.TYPE, body.encode(), box);
    byte[] home =
        sign(EnrolRequest.HOUSEHOLD_TYPE, EnrolRequest.householdPayload(signed), household);
    Claim claim = new Claim("a".repeat(32), ClaimKind.BOX);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(claim.secret(), "HmacSHA256"));
    byte[] proof = mac.doFinal(EnrolRequest.proofMessage(signed));
    return new EnrolRequest(signed, home, claim.id(), proof).encode();
  }

  byte[] answer() {
    List<byte[]> chain = List.of(filled(7, 5), filled(8, 6));
    return new EnrolAnswer(id, "hamlet", chain, chain, signedMap()).encode();
  }

  Map<String, byte[]> all() throws GeneralSecurityException {
    Map<String, byte[]> all = new LinkedHashMap<>();
    all.put("delegation", delegation());
    all.put("signed-map", signedMap());
    all.put("endpoint", endpoint());
    all.put("enrol", request());
    all.put("enrolled", answer());
    return all;
  }

  byte[] rootKey() {
    return spki(root).toArray();
  }
}
