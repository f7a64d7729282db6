package tv.hearth.tests.update.unit;

import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Offers nothing, so that nobody misses it where it can't be activated. */
@Component(
    immediate = true,
    service = {})
public final class Quiet {
  /** Made by Declarative Services. */
  @Activate
  public Quiet(BundleContext context) {
    String behaviour = String.valueOf(context.getBundle().getHeaders("").get(Subject.HEADER));
    if (behaviour.equals("fails")) {
      throw new IllegalStateException("as it was told to");
    }
  }
}
