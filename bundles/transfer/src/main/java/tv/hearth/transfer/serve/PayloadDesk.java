package tv.hearth.transfer.serve;

import java.util.BitSet;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Wire;

/** Chunks of releases' payloads for neighbours. Thread-safe. */
public final class PayloadDesk {
  private final Services services;

  /** Over the services. */
  public PayloadDesk(Services services) {
    this.services = services;
  }

  /** Which chunks are here: bit i of byte i / 8 is chunk i. */
  public Reply held(String root) throws Refusal {
    BitSet held =
        services
            .payloads
            .now()
            .flatMap(s -> s.held(Bytes.ofHex(root)))
            .orElseThrow(() -> none(root));
    byte[] bits = held.toByteArray();
    if (bits.length > Wire.MOST_HELD) {
      throw new Refusal(Problem.DAMAGED, "a payload of more than 65,536 chunks");
    }
    return Reply.bytes(bits);
  }

  /** One chunk. */
  public Reply chunk(String root, String index) throws Refusal {
    return services
        .payloads
        .now()
        .flatMap(s -> s.chunk(Bytes.ofHex(root), Integer.parseInt(index)))
        .map(Reply::bytes)
        .orElseThrow(() -> none(root));
  }

  private static Refusal none(String root) {
    return new Refusal(Problem.NOT_FOUND, "nothing of payload " + root + " is here");
  }
}
