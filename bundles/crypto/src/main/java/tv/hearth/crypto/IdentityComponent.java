package tv.hearth.crypto;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.crypto.identity.NodeIdentity;

/** Offers {@link Identity}. */
@Component(immediate = true, service = Identity.class)
public final class IdentityComponent extends NodeIdentity {
  /** Made by Declarative Services. */
  @Activate
  public IdentityComponent(@Reference NodeParts parts) throws IdentityException {
    super(
        parts.keys(),
        parts.content(),
        parts.anchors(),
        parts.certificateFile(),
        parts.claim(),
        parts.clock(),
        parts.random());
  }
}
