package tv.hearth.crypto;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.crypto.signature.PublicKeys;

/** Offers {@link PublicKeyVerifier}, which needs no key and no configuration. */
@Component(service = PublicKeyVerifier.class)
public final class PublicKeyComponent extends PublicKeys {
  /** Made by Declarative Services. */
  @Activate
  public PublicKeyComponent() {}
}
