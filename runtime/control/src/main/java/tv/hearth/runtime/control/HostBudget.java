package tv.hearth.runtime.control;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import tv.hearth.api.budget.Budget;
import tv.hearth.api.budget.Limits;

/**
 * The budget of a box that stands on a developer's machine, where nobody watches TV: as configured,
 * wide by default. On a real box the governor gives budgets; without either, {@link Limits#LEAST}
 * holds.
 */
@Component(
    configurationPid = "tv.hearth.runtime.budget",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = HostBudget.Config.class)
public final class HostBudget implements Budget {
  private final Limits limits;

  /** As configured. */
  @Activate
  public HostBudget(Config config) {
    limits =
        new Limits(
            config.cpuShare(),
            config.diskBytes(),
            config.uplink(),
            config.downlink(),
            config.backgroundUplink());
  }

  @Override
  public Limits current() {
    return limits;
  }

  /** PID {@code tv.hearth.runtime.budget}. */
  @ObjectClassDefinition(name = "Hearth host budget", description = "A fixed budget, for tests")
  @interface Config {
    /** Share of a core. */
    @AttributeDefinition(description = "Share of a core for background work, 0…1")
    double cpuShare() default 0.5;

    /** Disk. */
    @AttributeDefinition(description = "Bytes on disk for pieces and records")
    long diskBytes() default 64L << 30;

    /** Up. */
    @AttributeDefinition(description = "Bytes a second to other boxes, all classes together")
    long uplink() default 1_000_000_000;

    /** Down. */
    @AttributeDefinition(description = "Bytes a second from other boxes, all classes together")
    long downlink() default 1_000_000_000;

    /** Background, up. */
    @AttributeDefinition(description = "Of the uplink, what background classes may take")
    long backgroundUplink() default 1_000_000_000;
  }
}
