package tv.hearth.headend.registry.shell;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the headend's registry. */
@ObjectClassDefinition(
    name = "Hearth headend registry",
    description = "Enrolment, fleet registry and the signed map of one neighbourhood")
public @interface RegistryConfig {
  /** The PID. */
  String PID = "tv.hearth.headend.registry";

  /** Where its keys are. */
  @AttributeDefinition(
      description =
          "Path of the headend's credentials folder, made by the operator's tool. Whoever reads it"
              + " can admit boxes and sign maps")
  String credentials();

  /** Its name, checked against the credentials. */
  @AttributeDefinition(
      description = "Name of the neighbourhood; must be that of the credentials. Empty: theirs")
  String neighbourhood() default "";

  /** Where to listen. */
  @AttributeDefinition(description = "Address that the enrolment listener listens on")
  String host() default "0.0.0.0";

  /** Its names. */
  @AttributeDefinition(
      required = false,
      description =
          "DNS names and addresses, separated by commas, that the listener's certificate shows"
              + " beside localhost and the address above. Boxes don't look at them; curl does")
  String names() default "";

  /** The port. */
  @AttributeDefinition(
      description =
          "TCP port of the enrolment listener; 0 takes any free one, which boxes can't know")
  int port() default 8443;

  /** Debouncing. */
  @AttributeDefinition(
      description =
          "Milliseconds from a change of the fleet to the map that shows it. More: fewer maps when"
              + " many boxes come at once; less: boxes are seen sooner")
  long settleMillis() default 500;

  /** Life of a map. */
  @AttributeDefinition(
      description =
          "Hours that a map is good for new placements; it is made anew at half of them. It stays"
              + " good for reading for ever")
  long mapHours() default 168;

  /** Silent boxes. */
  @AttributeDefinition(
      min = "0",
      max = "3650",
      description =
          "Days without a sign of life after which a box is no member any more: nothing is placed"
              + " on it, and its pieces count as lost. It is one again when it comes back. 0: never."
              + " Fewer: holidays cost repairs; more: dead boxes stand in the way of placements")
  int silentDays() default 60;

  /** Releases. */
  @AttributeDefinition(
      required = false,
      description =
          "Path of the folder that 'hearth release publish' fills: boxes get releases from it at"
              + " https://HOST:PORT/v1/repository/. Empty: this listener has none")
  String repository() default "";

  /** Bound of the catalogue. */
  @AttributeDefinition(
      description = "Most records catalogued for one owner; further ones are refused")
  long recordsPerOwner() default 200_000;

  /** Bound of connections. */
  @AttributeDefinition(description = "Connections that the enrolment listener has open at once")
  int connections() default 256;

  /** Rate limit. */
  @AttributeDefinition(
      description =
          "Requests a second that one address may make, after a burst of 512. Boxes behind one"
              + " address share it")
  double ratePerSecond() default 20;
}
