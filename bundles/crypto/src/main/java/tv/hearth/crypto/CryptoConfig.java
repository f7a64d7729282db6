package tv.hearth.crypto;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where this node's trust and secrets come from (PID {@code tv.hearth.crypto}). */
@ObjectClassDefinition(
    name = "Hearth crypto",
    description = "Files that the vendor or the operator installed. Paths are absolute.")
@interface CryptoConfig {
  /** The operator's root. */
  @AttributeDefinition(
      description =
          "PEM file of the operator's root certificate (up to four while roots are changed)."
              + " Whoever has a certificate below it is spoken to; without it nothing of Hearth"
              + " starts.")
  String anchor();

  /** The claim code. */
  @AttributeDefinition(
      required = false,
      description =
          "File with the claim code, 22 to 256 characters (128 bits or more). Needed for the first"
              + " enrolment alone; never sent.")
  String claim() default "";

  /** The content authority's key. */
  @AttributeDefinition(
      required = false,
      description =
          "PEM file (PKCS#8, Ed25519) of the content authority's key. Only ingest nodes have it;"
              + " empty on every box.")
  String contentKey() default "";

  /** The platform's secret. */
  @AttributeDefinition(
      required = false,
      description =
          "File with at least 16 bytes that only this device can read (from a secure element or"
              + " fuses). Wraps the key file; once it does, the node can't start without it.")
  String platformSecret() default "";
}
