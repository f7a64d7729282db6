package tv.hearth.crypto;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tv.hearth.api.cipher.Keyring;
import tv.hearth.crypto.keyring.NodeKeyring;

/** Offers {@link Keyring}. */
@Component(immediate = true, service = Keyring.class)
public final class KeyringComponent extends NodeKeyring {
  /** Made by Declarative Services. */
  @Activate
  public KeyringComponent(@Reference NodeParts node) {
    super(node.keys(), node.content(), node.objectKeys(), node.random());
  }
}
