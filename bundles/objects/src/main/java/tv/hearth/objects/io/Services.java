package tv.hearth.objects.io;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.api.identity.Household;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.support.gate.ServiceGate;

/** The gates to all providers that the pipeline stands on. Each may be replaced at any time. */
public final class Services {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private final ServiceGate<Identity> identity = gate("Identity (bundle crypto)");
  private final ServiceGate<Household> household = gate("Household (bundle crypto)");
  private final ServiceGate<Keyring> keyring = gate("Keyring (bundle crypto)");
  private final ServiceGate<ObjectCipher> cipher = gate("ObjectCipher (bundle crypto)");
  private final ServiceGate<SignatureVerifier> verifier = gate("SignatureVerifier (bundle crypto)");
  private final ServiceGate<ErasureCode> code = gate("ErasureCode (bundle erasure)");
  private final ServiceGate<PlacementPolicy> placement = gate("PlacementPolicy (bundle placement)");
  private final ServiceGate<PieceTransfer> transfer = gate("PieceTransfer (bundle transfer)");
  private final ServiceGate<PieceStore> pieces = gate("PieceStore (bundle storage)");
  private final ServiceGate<RecordStore> records = gate("RecordStore (bundle storage)");
  private final ServiceGate<Neighbourhood> neighbourhood =
      gate("Neighbourhood (bundle membership)");

  /** The map; empty before the first came. */
  public Optional<BoxMap> map() {
    return neighbourhood.call(Neighbourhood::map);
  }

  /** Who this node is. */
  public ServiceGate<Identity> identity() {
    return identity;
  }

  /** The household's root. */
  public ServiceGate<Household> household() {
    return household;
  }

  /** Keys of the spaces. */
  public ServiceGate<Keyring> keyring() {
    return keyring;
  }

  /** Sealing and opening. */
  public ServiceGate<ObjectCipher> cipher() {
    return cipher;
  }

  /** Checking signatures. */
  public ServiceGate<SignatureVerifier> verifier() {
    return verifier;
  }

  /** The erasure code. */
  public ServiceGate<ErasureCode> code() {
    return code;
  }

  /** Who holds what. */
  public ServiceGate<PlacementPolicy> placement() {
    return placement;
  }

  /** Calls to neighbours. */
  public ServiceGate<PieceTransfer> transfer() {
    return transfer;
  }

  /** Pieces on this box. */
  public ServiceGate<PieceStore> pieces() {
    return pieces;
  }

  /** Records on this box. */
  public ServiceGate<RecordStore> records() {
    return records;
  }

  /** The map. */
  public ServiceGate<Neighbourhood> neighbourhood() {
    return neighbourhood;
  }

  /** The first service that is not there; the household's root and records are not vital. */
  public Optional<String> missing() {
    return Stream.of(
            Map.entry("Identity", identity),
            Map.entry("Keyring", keyring),
            Map.entry("ObjectCipher", cipher),
            Map.entry("SignatureVerifier", verifier),
            Map.entry("ErasureCode", code),
            Map.entry("PlacementPolicy", placement),
            Map.entry("PieceTransfer", transfer),
            Map.entry("Neighbourhood", neighbourhood))
        .filter(each -> each.getValue().now().isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Nobody waits for a provider any more. */
  public void shut() {
    Stream.of(
            identity,
            household,
            keyring,
            cipher,
            verifier,
            code,
            placement,
            transfer,
            pieces,
            records,
            neighbourhood)
        .forEach(ServiceGate::shut);
  }

  private static <T> ServiceGate<T> gate(String name) {
    return new ServiceGate<>(name, PATIENCE);
  }
}
