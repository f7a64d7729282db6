package tv.hearth.support.record;

import java.util.List;
import java.util.stream.Collectors;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.value.BoxId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.level.Levels;

/**
 * Where a box can be reached, signed by itself, passed on by anybody.
 *
 * @param sequence grows with each change; a restarted box takes the greater of the last one + 1 and
 *     the time in seconds
 * @param reads the greatest level that its software reads; 1 where it does not say
 */
public record EndpointRecord(BoxId box, long sequence, List<Endpoint> endpoints, int reads) {
  /** Record and content type. */
  public static final String TYPE = "hearth/endpoint";

  /** Most endpoints of a box. */
  public static final int MOST = 8;

  private static final int VERSION = 1;

  /** Of a box that says nothing of levels. */
  public EndpointRecord(BoxId box, long sequence, List<Endpoint> endpoints) {
    this(box, sequence, endpoints, Levels.FIRST);
  }

  /** Copies the list. */
  public EndpointRecord {
    endpoints = List.copyOf(endpoints);
  }

  /** The payload. */
  public byte[] encode() {
    CborMap map =
        Fields.begin(TYPE, VERSION)
            .put("box", box.text())
            .put("sequence", sequence)
            .putMaps("endpoints", toMaps(endpoints));
    return (reads == Levels.FIRST ? map : map.put("reads", reads)).toBytes();
  }

  /** Parses a payload. */
  public static EndpointRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new EndpointRecord(
                new BoxId(map.text("box", 32)),
                map.number("sequence", 0, Long.MAX_VALUE),
                fromMaps(map.maps("endpoints", MOST)),
                Fields.level(map, "reads")));
  }

  static List<CborMap> toMaps(List<Endpoint> endpoints) {
    return endpoints.stream()
        .map(e -> new CborMap().put("kind", e.kind()).put("host", e.host()).put("port", e.port()))
        .collect(Collectors.toList());
  }

  static List<Endpoint> fromMaps(List<CborMap> maps) throws CborException {
    List<Endpoint> endpoints = new java.util.ArrayList<>();
    for (CborMap map : maps) {
      endpoints.add(
          new Endpoint(
              map.text("kind", 16), map.text("host", 253), map.integer("port", 1, 65_535)));
    }
    return endpoints;
  }
}
