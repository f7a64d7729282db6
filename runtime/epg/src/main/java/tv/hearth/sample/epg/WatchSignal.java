package tv.hearth.sample.epg;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import tv.hearth.vendor.household.HouseholdSignal;

/**
 * Word to Hearth of what the household does. Made when somebody asks: never, where Hearth is
 * absent.
 */
@Component(service = HouseholdSignal.class)
public final class WatchSignal implements HouseholdSignal {
  private final Viewing viewing;

  /** Of that EPG's page. */
  @Activate
  public WatchSignal(@Reference EpgComponent epg) {
    viewing = epg.viewing();
  }

  @Override
  public Activity activity() {
    return viewing.isWatched(System.nanoTime()) ? Activity.WATCHING : Activity.STANDBY;
  }

  @Override
  public int bufferedSeconds() {
    return viewing.bufferedSeconds(System.nanoTime());
  }
}
