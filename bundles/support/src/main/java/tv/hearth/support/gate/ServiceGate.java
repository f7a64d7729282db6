package tv.hearth.support.gate;

import java.time.Duration;
import java.util.Optional;

/**
 * Holds an optional dynamic reference and lets callers wait, bounded, while its provider is being
 * replaced. Bind methods call {@link #open}, unbind methods {@link #close}. Thread-safe.
 *
 * <p>A caller takes the service anew for each call and keeps no reference to it.
 */
public final class ServiceGate<T> {
  private final String name;
  private final long patienceNanos;
  private T service;
  private boolean shut;

  /**
   * A closed gate.
   *
   * @param name of the service, for messages
   * @param patience how long a caller waits for the service to come back
   */
  public ServiceGate(String name, Duration patience) {
    this.name = name;
    this.patienceNanos = patience.toNanos();
  }

  /** The service is there, in place of any other. */
  public synchronized void open(T newService) {
    service = newService;
    notifyAll();
  }

  /** That service is gone; no effect where another took its place. */
  public synchronized void close(T oldService) {
    if (service == oldService) {
      service = null;
    }
  }

  /**
   * Nobody waits any more: the bundle that owns this gate is being stopped. Who waits for a service
   * that is not there fails at once.
   */
  public synchronized void shut() {
    shut = true;
    notifyAll();
  }

  /** The service if it is there now. */
  public synchronized Optional<T> now() {
    return Optional.ofNullable(service);
  }

  /**
   * The service, waited for.
   *
   * @throws ServiceMissingException where it does not come in time, or the thread is interrupted
   *     (it stays so)
   */
  public synchronized T get() {
    long start = System.nanoTime();
    while (service == null) {
      long left = patienceNanos - (System.nanoTime() - start);
      if (shut) {
        throw new ServiceMissingException(name + " is not there, and this bundle is being stopped");
      }
      if (left <= 0) {
        throw new ServiceMissingException(name + " is not there; is its bundle started?");
      }
      pause(left);
    }
    return service;
  }

  /**
   * Calls the service; where that fails and the provider was replaced meanwhile, once more with the
   * new one. For idempotent calls. A stopped bundle's classes run on until the first one that was
   * not loaded yet: that is a failure, too.
   */
  public <R, X extends Exception> R call(Call<T, R, X> call) throws X {
    T first = get();
    try {
      return call.on(first);
    } catch (Exception | LinkageError e) {
      if (now().orElse(null) == first) {
        throw e;
      }
      return call.on(get());
    }
  }

  private void pause(long nanos) {
    try {
      wait(Math.max(1, nanos / 1_000_000));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServiceMissingException(name + " was waited for, then interrupted");
    }
  }

  /** A call on a service. */
  @FunctionalInterface
  public interface Call<T, R, X extends Exception> {
    /** Does it. */
    R on(T service) throws X;
  }
}
