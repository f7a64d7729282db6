package tv.hearth.headend.campaign.shell;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code tv.hearth.headend.campaign}. */
@ObjectClassDefinition(
    name = "Hearth headend campaigns",
    description = "Rolls signed releases out over the fleet, and speaks USP with the boxes")
@interface CampaignConfig {
  /** How often campaigns are looked at. */
  @AttributeDefinition(
      description =
          "Milliseconds between looks at the campaigns. More: stages open later; less: more work"
              + " for the headend",
      min = "100",
      max = "60000")
  long tickMillis() default 1000;
}
