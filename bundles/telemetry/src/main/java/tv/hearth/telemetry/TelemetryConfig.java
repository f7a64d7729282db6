package tv.hearth.telemetry;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How often this box reports, and how much it keeps. */
@ObjectClassDefinition(
    name = "Hearth telemetry",
    description = "Periodic reports of meters and health to the operator.")
@interface TelemetryConfig {
  /** Seconds between reports. */
  @AttributeDefinition(
      name = "Interval, s",
      description =
          "Between two reports. Shorter shows more and costs uplink and the operator's storage.",
      min = "1",
      max = "86400")
  int intervalSeconds() default 60;

  /** By how much each interval is varied at random, in percent. */
  @AttributeDefinition(
      name = "Jitter, %",
      description =
          "Each interval is varied by up to so much either way, so that boxes don't report at once.",
      min = "0",
      max = "50")
  int jitterPercent() default 20;

  /** Milliseconds that one source may take. */
  @AttributeDefinition(
      name = "Time for a source, ms",
      description =
          "A meter source or health probe that takes longer is left out and named in the report.",
      min = "10",
      max = "10000")
  int sourceMillis() default 250;

  /** Most reports kept while the line is down. */
  @AttributeDefinition(
      name = "Kept reports",
      description = "While the line is down; then the oldest is dropped and counted.",
      min = "1",
      max = "10000")
  int keptReports() default 720;

  /** Most KiB of reports kept while the line is down. */
  @AttributeDefinition(
      name = "Kept reports, KiB",
      description = "Flash that kept reports may take; then the oldest is dropped and counted.",
      min = "16",
      max = "65536")
  int keptKib() default 2_048;
}
