package tv.hearth.headend.registry.map;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.SignedMap;

/** Makes signed maps of the epoch of its credentials. Pure and thread-safe. */
final class MapSigner {
  private final Credentials credentials;

  MapSigner(Credentials credentials) {
    this.credentials = credentials;
  }

  int epoch() {
    return credentials.delegation().epoch();
  }

  /** The map's message. */
  byte[] sign(long version, Instant expires, List<MapBox> boxes, int level) {
    BoxMap map =
        new BoxMap(credentials.neighbourhood(), epoch(), version, expires, boxes, Map.of(), level);
    byte[] payload = MapRecord.encode(map);
    byte[] message = Sign1.toBeSigned(MapRecord.TYPE, payload);
    byte[] signature = Ed25519Keys.sign(credentials.mapKey(), message);
    byte[] signed = new Sign1(MapRecord.TYPE, payload, signature).encode();
    return new SignedMap(credentials.signedDelegation(), signed).encode();
  }

  /** True where that message was made under the very delegation of these credentials. */
  boolean isOwn(byte[] signedMap) throws RecordException {
    byte[] delegation = SignedMap.decode(signedMap).delegation();
    return Arrays.equals(delegation, credentials.signedDelegation());
  }

  /** The level of a map's message, of whatever epoch. */
  int level(byte[] signedMap) throws RecordException {
    try {
      return MapRecord.level(Sign1.parse(SignedMap.decode(signedMap).map()).payload());
    } catch (tv.hearth.support.cbor.CborException e) {
      throw new RecordException("the registry's last map is damaged: " + e.getMessage(), e);
    }
  }

  /** The map inside a message that {@link #sign} made with these credentials. */
  BoxMap read(byte[] signedMap) throws RecordException {
    try {
      byte[] payload = Sign1.parse(SignedMap.decode(signedMap).map()).payload();
      return MapRecord.decode(payload, credentials.delegation());
    } catch (tv.hearth.support.cbor.CborException e) {
      throw new RecordException("the registry's last map is damaged: " + e.getMessage(), e);
    }
  }
}
