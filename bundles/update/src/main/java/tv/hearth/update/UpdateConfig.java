package tv.hearth.update;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where releases come from, and what they must leave free. */
@ObjectClassDefinition(
    name = "Hearth update",
    description = "Brings this box from one signed release to another, and back where that fails.")
@interface UpdateConfig {
  /** The repository's base. */
  @AttributeDefinition(
      name = "Repository",
      description =
          "Base URL of the operator's repository, beneath which metadata/ and targets/ lie: https:, "
              + "or file: for a folder. Empty: no release is installed.",
      required = false)
  String repository() default "";

  /** The root of trust. */
  @AttributeDefinition(
      name = "Root of trust",
      description =
          "Path of the root.json that the firmware brings: what it says is trusted from the first "
              + "start on, until newer roots take its place by its own keys. Empty: "
              + "release-root.json in the folder of Hearth's state.",
      required = false)
  String root() default "";

  /** The box's model. */
  @AttributeDefinition(
      name = "Model",
      description =
          "Model of this box, as releases name those that they are for. With 'unknown' only "
              + "releases for all models are installed.")
  String model() default "unknown";

  /** Free flash. */
  @AttributeDefinition(
      name = "Flash kept free, MiB",
      description =
          "MiB that stay free beside a new release. A release that would need them is refused "
              + "before it is downloaded.",
      min = "0")
  int reserveMib() default 16;
}
