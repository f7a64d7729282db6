package tv.hearth.membership.node;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import tv.hearth.api.value.Bytes;

/**
 * How a member runs.
 *
 * @param folder for its files
 * @param roots SubjectPublicKeyInfo of the operator's root keys
 * @param enrolment https address of the enrolment listener, or empty
 * @param exchange how long an exchange with the headend may take
 */
public record MemberSettings(
    Path folder,
    List<Bytes> roots,
    String enrolment,
    String model,
    String location,
    Duration exchange) {
  /** Copies the list. */
  public MemberSettings {
    roots = List.copyOf(roots);
  }
}
