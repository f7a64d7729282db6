package tv.hearth.objects.put;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.merkle.Merkle;

/** One piece on its way to its holder, chunk by chunk in order. Guarded by the segment's lock. */
final class Lane {
  /** Where it stands. */
  enum State {
    /** Chunks go to the holder. */
    SENDING,
    /** The holder's receipt is there. */
    STORED,
    /** The holder was given up and the piece has to be made again. */
    LOST
  }

  private final int index;
  private final byte[] leaves;
  private final Deque<Batch> queue = new ArrayDeque<>();
  private BoxId holder;
  private byte[] grant;
  private State state = State.SENDING;
  private Bytes receipt = Bytes.of(new byte[0]);
  private CompletableFuture<?> running;
  private boolean resting;
  private boolean began;
  private int attempts;

  Lane(int index, BoxId holder, byte[] grant, int units) {
    this.index = index;
    this.holder = holder;
    this.grant = grant;
    this.leaves = new byte[units * Merkle.HASH];
  }

  int index() {
    return index;
  }

  BoxId holder() {
    return holder;
  }

  byte[] grant() {
    return grant;
  }

  State state() {
    return state;
  }

  Bytes receipt() {
    return receipt;
  }

  Deque<Batch> queue() {
    return queue;
  }

  CompletableFuture<?> running() {
    return running;
  }

  /** Nothing goes to the holder, and nothing keeps the next chunk from it. */
  boolean idle() {
    return running == null && !resting;
  }

  /** The holder is to be left alone: neither a new chunk nor a lost one goes to it. */
  void rest() {
    resting = true;
  }

  /** The holder may be asked again. */
  void rested() {
    resting = false;
  }

  /** True once the holder took bytes: another one can't go on in its place. */
  boolean began() {
    return began;
  }

  void leaf(int unit, byte[] hash) {
    System.arraycopy(hash, 0, leaves, unit * Merkle.HASH, Merkle.HASH);
  }

  byte[] leaves() {
    return leaves;
  }

  Bytes root() {
    return Bytes.of(Merkle.UNITS.root(leaves));
  }

  void run(CompletableFuture<?> call) {
    running = call;
  }

  /** The call ended well. */
  void arrived() {
    running = null;
    began = true;
    attempts = 0;
  }

  /** The call failed; returns how often in a row. */
  int failed() {
    running = null;
    return ++attempts;
  }

  void stored(Bytes signedReceipt) {
    state = State.STORED;
    receipt = signedReceipt;
  }

  void lose() {
    state = State.LOST;
    if (running != null) {
      running.cancel(true);
      running = null;
    }
  }

  /** Another holder from the beginning. */
  void moveTo(BoxId spare, byte[] itsGrant) {
    holder = spare;
    grant = itsGrant;
    state = State.SENDING;
    running = null;
    resting = false;
    attempts = 0;
    began = false;
  }
}
