package tv.hearth.transfer.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.health.HealthProbe.State;
import tv.hearth.api.payload.PayloadTransfer;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.transfer.serve.DeletionDesk;
import tv.hearth.transfer.serve.EndpointDesk;
import tv.hearth.transfer.serve.PayloadDesk;
import tv.hearth.transfer.serve.PieceDesk;
import tv.hearth.transfer.serve.RecordDesk;
import tv.hearth.transfer.serve.Services;

/** A box's part in the network, without OSGi: listener, calls, gossip, and their threads. */
public final class TransferNode implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TransferNode.class.getName());
  private static final long DRAIN_MILLIS = 200;
  private static final long END_MILLIS = 1000;

  private final Services services;
  private final Engine engine;
  private final Meters meters = new Meters();
  private final Listener listener;
  private final Calls calls;
  private final Transfers transfers;
  private final DeletionDesk deletions;

  /**
   * Starts listening.
   *
   * @param folder for its state
   * @param deletionsPerDay most unseconded tombstones of one content authority
   * @param diskThreads threads for disk and signatures
   * @param gossipSeconds mean time between rounds of gossip
   * @param listening told the port once there is one
   */
  public TransferNode(
      Services services,
      Settings settings,
      Clock clock,
      Path folder,
      int deletionsPerDay,
      InetSocketAddress address,
      int diskThreads,
      long gossipSeconds,
      IntConsumer listening)
      throws IOException {
    deletions = new DeletionDesk(services, folder.resolve("locks"), deletionsPerDay, clock);
    this.services = services;
    engine = new Engine(diskThreads);
    Shaping shaping = new Shaping(services::limits, engine.clientLoop());
    Node.Desks desks =
        new Node.Desks(
            new PieceDesk(services, deletions, clock),
            new RecordDesk(services, deletions),
            deletions,
            new EndpointDesk(services),
            new PayloadDesk(services));
    Node node = new Node(engine, services, shaping, meters, settings, clock, desks);
    listener = new Listener(node, address, listening);
    calls = new Calls(node);
    transfers = new Transfers(calls);
    listener.start();
    new Gossip(node, transfers, new SplittableRandom(), gossipSeconds).start();
    new Sweep(node).start();
    new Whereabouts(node, calls).start();
  }

  /**
   * That address is not this box's any more: what was connected from there begins again at once. It
   * is noticed within some seconds without this.
   */
  public void lost(InetAddress address) {
    engine.clientLoop().execute(() -> calls.lost(address));
  }

  /** Calls to neighbours. */
  public PieceTransfer transfers() {
    return transfers;
  }

  /** Calls for chunks of releases' payloads. */
  public PayloadTransfer payloads() {
    return transfers;
  }

  /** What goes on. */
  public Meters meters() {
    return meters;
  }

  /** How it is: one that listens and can ask nobody here is not well. */
  public Health health() {
    Health listening = listener.health();
    if (listening.state() != State.OK) {
      return listening;
    }
    if (deletions.unread() > 0) {
      return Health.degraded(
          deletions.unread()
              + " deletions can't be read by this release and wait: install the one that heard them,"
              + " or see the log for damaged files");
    }
    return services
        .missing()
        .map(name -> Health.degraded(name + " is not there: neighbours' requests fail"))
        .orElse(listening);
  }

  /**
   * Takes nothing new, lets what is under way end within 200 ms, cuts the rest and ends all
   * threads.
   */
  @Override
  public void close() {
    boolean interrupted = false;
    try {
      drain();
      run(engine.serverLoop().submit(listener::close));
      run(engine.clientLoop().submit(calls::close));
      engine.close(END_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
      LOG.log(System.Logger.Level.WARNING, "interrupted while stopping");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain() throws InterruptedException {
    run(engine.serverLoop().submit(listener::drain));
    CountDownLatch quiet = new CountDownLatch(1);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
    engine.clientLoop().execute(() -> look(quiet));
    quiet.await(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
  }

  /** Looks every 10 ms whether anything is under way, each loop at its own. */
  private void look(CountDownLatch quiet) {
    boolean callsDone = calls.pending() == 0;
    engine
        .serverLoop()
        .execute(
            () -> {
              if (callsDone && listener.requests() == 0) {
                quiet.countDown();
              } else {
                engine.clientLoop().schedule(() -> look(quiet), 10, TimeUnit.MILLISECONDS);
              }
            });
  }

  private static void run(Future<?> task) throws InterruptedException {
    try {
      task.get(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(System.Logger.Level.WARNING, "a step of stopping failed", e);
    }
  }
}
