package tv.hearth.crypto;

import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;

/** Whether this node has its keys and a certificate in force. */
@Component(service = HealthProbe.class)
public final class CryptoHealth implements HealthProbe {
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile Identity identity;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  private volatile NodeComponent node;

  @Override
  public Health check() {
    return health(identity, node);
  }

  /** Either may be null. */
  static Health health(Identity present, NodeComponent node) {
    if (present == null) {
      String trouble = node == null ? "configure tv.hearth.crypto (anchor)" : node.trouble();
      return Health.failed("no keys: " + (trouble.isEmpty() ? "see the log" : trouble));
    }
    return present.enrolled()
        ? Health.OK
        : Health.degraded("no certificate in force: this node must enrol or renew");
  }
}
