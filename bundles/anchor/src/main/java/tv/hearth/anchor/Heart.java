package tv.hearth.anchor;

import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Whether {@code update} lives, by the service that it offers. */
class Heart {
  static final String UPDATE = "tv.hearth.update";

  private static final String SERVICE = "tv.hearth.api.update.UpdateAgent";

  private final BundleContext context;

  Heart(BundleContext context) {
    this.context = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
  }

  /** True where it offers its service now. */
  boolean beats() {
    return context.getServiceReference(SERVICE) != null;
  }
}
