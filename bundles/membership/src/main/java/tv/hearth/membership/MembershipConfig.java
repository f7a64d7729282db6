package tv.hearth.membership;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of a box's membership (PID {@code tv.hearth.membership}). */
@ObjectClassDefinition(
    name = "Hearth membership",
    description = "Enrolment, renewal and the neighbourhood's map")
@interface MembershipConfig {
  /** The operator's root. */
  @AttributeDefinition(
      description =
          "Path of the PEM file with the operator's root certificate, the same as in"
              + " tv.hearth.crypto. Its key must have signed the delegation of every map")
  String anchor();

  /** The headend. */
  @AttributeDefinition(
      required = false,
      description =
          "Address of the headend's enrolment listener, https://host:port. Empty: this box does not"
              + " enrol and its certificate runs out after 45 days")
  String enrolment() default "";

  /** The model. */
  @AttributeDefinition(
      required = false,
      description = "Model of the box as the map shows it, at most 64 characters")
  String model() default "unknown";

  /** The location. */
  @AttributeDefinition(
      required = false,
      description =
          "ALTO PID that the box asks to stand at, at most 64 characters; the operator may set"
              + " another. Pieces of one segment are kept apart by it")
  String location() default "default";

  /** Patience. */
  @AttributeDefinition(
      required = false,
      description =
          "Seconds that one exchange with the headend may take in all. Less gives up on slow lines")
  int exchangeSeconds() default 30;
}
