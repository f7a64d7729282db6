package tv.hearth.crypto;

import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;

/** What was sealed, opened and refused since the bundle's start. */
@Component(service = MeterSource.class)
public final class CryptoMeters implements MeterSource {
  private final CipherComponent cipher;
  private final VerifierComponent verifier;

  /** Made by Declarative Services. */
  @Activate
  public CryptoMeters(@Reference CipherComponent cipher, @Reference VerifierComponent verifier) {
    this.cipher = cipher;
    this.verifier = verifier;
  }

  @Override
  public List<Meter> read() {
    return List.of(
        Meter.counter("crypto.sealed.bytes", cipher.sealedBytes()),
        Meter.counter("crypto.opened.bytes", cipher.openedBytes()),
        Meter.counter("crypto.damaged.calls", cipher.damaged()),
        Meter.counter("crypto.refused.records", verifier.refused()));
  }
}
