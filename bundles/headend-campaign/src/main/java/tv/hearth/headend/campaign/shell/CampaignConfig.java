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

  /** Days before the expiry of timestamp and snapshot. */
  @AttributeDefinition(
      name = "Warn, days (online keys)",
      description =
          "How long before the releases' timestamp or snapshot expire the operator is warned; they"
              + " are signed anew by every 'hearth release publish'",
      min = "0",
      max = "365")
  int warnOnlineDays() default 3;

  /** Days before the expiry of targets and root. */
  @AttributeDefinition(
      name = "Warn, days (offline keys)",
      description =
          "How long before the releases' targets or root expire the operator is warned; people"
              + " must come together to sign them anew",
      min = "0",
      max = "3650")
  int warnOfflineDays() default 30;
}
