package tv.hearth.support.record;

import java.time.Instant;
import java.util.List;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * What a node says of itself when it enrols or renews; signed by the key that it wants a
 * certificate for.
 *
 * @param signingRequest PKCS#10, DER
 * @param exchangeKey raw X25519 public key
 * @param householdKey SubjectPublicKeyInfo of the household's signing key
 * @param location the ALTO PID that it asks for; the operator may give another
 * @param endpoints where it listens by now; may be empty
 * @param time when it asked, by its own clock
 */
public record EnrolBody(
    Bytes signingRequest,
    Bytes exchangeKey,
    Bytes householdKey,
    String model,
    String location,
    List<Endpoint> endpoints,
    Instant time) {
  /** Record and content type. */
  public static final String TYPE = "hearth/enrol-body";

  /** Most characters of model and location. */
  public static final int MOST_TEXT = 64;

  private static final int VERSION = 1;

  /** Copies the list. */
  public EnrolBody {
    endpoints = List.copyOf(endpoints);
  }

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("csr", signingRequest.toArray())
        .put("hpke", exchangeKey.toArray())
        .put("home", householdKey.toArray())
        .put("model", model)
        .put("pid", location)
        .putMaps("at", EndpointRecord.toMaps(endpoints))
        .put("time", Fields.seconds(time))
        .toBytes();
  }

  /** Parses a payload. */
  public static EnrolBody decode(byte[] payload) throws RecordException {
    return Fields.parse(TYPE, VERSION, payload, EnrolBody::read);
  }

  private static EnrolBody read(CborMap map) throws CborException {
    return new EnrolBody(
        Bytes.of(map.bytes("csr", 1, 4096)),
        Bytes.of(map.bytes("hpke", 32, 32)),
        Bytes.of(map.bytes("home", 32, 128)),
        map.text("model", MOST_TEXT),
        map.text("pid", MOST_TEXT),
        EndpointRecord.fromMaps(map.maps("at", EndpointRecord.MOST)),
        Fields.instant(map, "time"));
  }
}
