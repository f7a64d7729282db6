package tv.hearth.crypto;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.crypto.signature.Ed25519Verifier;

/** Offers {@link SignatureVerifier}, which needs no key and no configuration. */
@Component(
    immediate = true,
    service = {SignatureVerifier.class, VerifierComponent.class})
public final class VerifierComponent extends Ed25519Verifier {
  /** Made by Declarative Services. */
  @Activate
  public VerifierComponent() {}
}
