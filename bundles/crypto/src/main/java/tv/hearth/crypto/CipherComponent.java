package tv.hearth.crypto;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.crypto.seal.StreamCipher;

/** Offers {@link ObjectCipher}; forgets derived keys when it goes. */
@Component(
    immediate = true,
    service = {ObjectCipher.class, CipherComponent.class})
public final class CipherComponent extends StreamCipher {
  /** Made by Declarative Services. */
  @Activate
  public CipherComponent(@Reference NodeParts node) {
    super(node.objectKeys(), node.random());
  }

  @Deactivate
  void forget() {
    close();
  }
}
