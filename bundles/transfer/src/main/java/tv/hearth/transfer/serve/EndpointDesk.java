package tv.hearth.transfer.serve;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborReader;
import tv.hearth.support.cbor.CborWriter;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Wire;

/** Endpoint records that neighbours pass on. Thread-safe. */
public final class EndpointDesk {
  private static final int MOST_RECORD = 4096;

  private final Services services;

  /** Over the services. */
  public EndpointDesk(Services services) {
    this.services = services;
  }

  /** What this box knows: a CBOR array of signed endpoint records, freshest first. */
  public byte[] tell() {
    List<byte[]> known = new ArrayList<>();
    int bytes = 8;
    for (byte[] record : services.neighbourhood.call(n -> n.gossip(Wire.MOST_ENDPOINTS))) {
      bytes += record.length + 8;
      if (record.length <= MOST_RECORD && bytes <= Wire.MOST_GOSSIP) {
        known.add(record);
      }
    }
    CborWriter out = new CborWriter().arrayHead(known.size());
    known.forEach(out::bytes);
    return out.toBytes();
  }

  /** Takes what a neighbour knows; returns how many were news. */
  public int hear(byte[] message) throws Refusal {
    int news = 0;
    for (byte[] record : parse(message)) {
      news += services.neighbourhood.call(n -> n.heard(record)) ? 1 : 0;
    }
    return news;
  }

  private static List<byte[]> parse(byte[] message) throws Refusal {
    try {
      CborReader in = new CborReader(message);
      int count = in.arrayHead();
      if (count > Wire.MOST_ENDPOINTS) {
        throw new Refusal(Problem.PROTOCOL, "at most 256 endpoint records at a time");
      }
      List<byte[]> records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(in.bytes(MOST_RECORD));
      }
      in.end();
      return records;
    } catch (CborException e) {
      throw new Refusal(Problem.PROTOCOL, "endpoints: " + e.getMessage());
    }
  }
}
