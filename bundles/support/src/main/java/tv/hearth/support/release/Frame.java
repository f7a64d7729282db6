package tv.hearth.support.release;

import java.io.InputStream;
import java.util.List;
import java.util.Set;
import tv.hearth.support.owner.Ownership;

/**
 * The framework, as far as updates need it. Each call is bounded in time; what hangs goes on on a
 * thread of its own and the call fails.
 */
public interface Frame {
  /**
   * A bundle of ours as it is.
   *
   * @param location where it was installed from
   * @param modified another number once its content changed, be it by its file in the firmware
   * @param active running
   */
  record Placed(
      long id,
      String symbolicName,
      String version,
      String location,
      long modified,
      boolean active) {
    /** Whether a release may change it. */
    public boolean isManaged() {
      return Ownership.isManaged(symbolicName);
    }
  }

  /** All of ours, by id; what no release may change among them. */
  List<Placed> bundles();

  /** Installs; gives the bundle's id. The stream is read and closed. */
  long install(String symbolicName, InputStream jar) throws FrameException;

  /** Exchanges a stopped bundle's content. The stream is read and closed. */
  void update(long id, InputStream jar) throws FrameException;

  /** Takes a stopped bundle away. */
  void uninstall(long id) throws FrameException;

  /** Stops until the next start of the framework at most. */
  void stop(long id) throws FrameException;

  /** Starts, now where its start level is reached, and at each start of the framework. */
  void start(long id) throws FrameException;

  /** What a refresh of these would restart, themselves included. */
  Set<Long> closure(Set<Long> ids);

  /** Symbolic name of a bundle of anyone's. */
  String name(long id);

  /** Gives these the wiring of their new content, as far as the old one is still in use. */
  void refresh(Set<Long> ids) throws FrameException;

  /** Whether the bundle's content is the jar's, entry by entry. The stream is read and closed. */
  boolean holds(long id, InputStream jar) throws FrameException;

  /** Makes what the framework wrote durable, as far as that can be done from outside. */
  void settle() throws FrameException;
}
