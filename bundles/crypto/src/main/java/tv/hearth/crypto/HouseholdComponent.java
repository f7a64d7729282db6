package tv.hearth.crypto;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tv.hearth.api.identity.Household;
import tv.hearth.crypto.household.NodeHousehold;

/** Offers {@link Household}. */
@Component(immediate = true, service = Household.class)
public final class HouseholdComponent extends NodeHousehold {
  /** Made by Declarative Services. */
  @Activate
  public HouseholdComponent(@Reference NodeParts node) {
    super(node.keys(), node.random());
  }
}
