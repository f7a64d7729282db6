package tv.hearth.management;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Which controllers this box answers. */
@ObjectClassDefinition(
    name = "Hearth management",
    description = "The TR-369 (USP) agent of this box.")
@interface ManagementConfig {
  /** Endpoint ids of controllers. */
  @AttributeDefinition(
      name = "Controllers",
      description =
          "Endpoint ids of the operator's controllers; with |read behind it, one may only read."
              + " Whatever a controller asks for, only signed releases are installed.")
  String[] controllers() default {"proto::hearth-headend", "proto::hearth-controller"};

  /** Seconds between looks for changed values. */
  @AttributeDefinition(
      name = "Look, s",
      description = "Between two looks for values and objects that subscriptions watch.",
      min = "1",
      max = "3600")
  int lookSeconds() default 10;

  /** Seconds between Periodic! events. */
  @AttributeDefinition(
      name = "Periodic, s",
      description = "Between two Periodic! events.",
      min = "60",
      max = "604800")
  int periodicSeconds() default 86_400;

  /** The maker of the box. */
  @AttributeDefinition(name = "Manufacturer", description = "As DeviceInfo shows it.")
  String manufacturer() default "unknown";

  /** The maker's OUI. */
  @AttributeDefinition(
      name = "OUI",
      description = "Six hexadecimal digits, as DeviceInfo shows them.")
  String manufacturerOui() default "";

  /** The box's model. */
  @AttributeDefinition(
      name = "Model",
      description = "As DeviceInfo shows it. Empty: as the operator's map has this box.")
  String model() default "";
}
