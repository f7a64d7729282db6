package tv.hearth.transfer.serve;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tv.hearth.api.budget.Budget;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.payload.PayloadSource;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.transfer.core.Refusal;

/** The other providers, each behind its gate; taken anew for each use. Thread-safe. */
public final class Services {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Certificates and receipts. */
  public final ServiceGate<Identity> identity = new ServiceGate<>("Identity", PATIENCE);

  /** Signatures of others. */
  public final ServiceGate<SignatureVerifier> verifier =
      new ServiceGate<>("SignatureVerifier", PATIENCE);

  /** Map and endpoints. */
  public final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("Neighbourhood", PATIENCE);

  /** Pieces of others. */
  public final ServiceGate<PieceStore> pieces = new ServiceGate<>("PieceStore", PATIENCE);

  /** Records of others. */
  public final ServiceGate<RecordStore> records = new ServiceGate<>("RecordStore", PATIENCE);

  /** Chunks of releases' payloads. */
  public final ServiceGate<PayloadSource> payloads = new ServiceGate<>("PayloadSource", PATIENCE);

  /** The governor, where there is one. */
  public final ServiceGate<Budget> budget = new ServiceGate<>("Budget", PATIENCE);

  private volatile BoxMap lastMap;

  /** The first service without which neighbours' requests can't be answered that is not there. */
  public Optional<String> missing() {
    return Stream.of(
            Map.entry("Identity", identity),
            Map.entry("SignatureVerifier", verifier),
            Map.entry("Neighbourhood", neighbourhood),
            Map.entry("PieceStore", pieces),
            Map.entry("RecordStore", records))
        .filter(each -> each.getValue().now().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The limits in force now. */
  public Limits limits() {
    return budget.now().map(Budget::current).orElse(Limits.LEAST);
  }

  /**
   * The map, at once: while its provider is being replaced, the last one that was seen.
   *
   * @throws Refusal BUSY before the first map came
   */
  public BoxMap map() throws Refusal {
    neighbourhood.now().flatMap(Neighbourhood::map).ifPresent(map -> lastMap = map);
    BoxMap map = lastMap;
    if (map == null) {
      throw new Refusal(Problem.BUSY, "this box has no map of its neighbourhood yet");
    }
    return map;
  }
}
