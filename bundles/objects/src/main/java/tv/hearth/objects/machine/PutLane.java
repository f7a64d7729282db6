package tv.hearth.objects.machine;

import tv.hearth.api.value.BoxId;

/** One piece on its way to its holder, chunk by chunk in order. Part of a {@link PutMachine}. */
final class PutLane {
  /** No call is under way. */
  static final long NONE = -1;

  /** Where it stands. */
  enum State {
    /** Chunks go to the holder. */
    SENDING,
    /** All chunks are there, and the receipt is being looked at. */
    SIGNING,
    /** The holder was given up and the piece has to be made again. */
    LOST,
    /** It is being made again for another holder. */
    REMAKING,
    /** The holder's receipt is there. */
    STORED
  }

  private final int index;
  private BoxId holder;
  private State state = State.SENDING;
  private int taken;
  private long call = NONE;
  private int failures;
  private boolean resting;
  private long restsUntil;

  PutLane(int index, BoxId holder) {
    this.index = index;
    this.holder = holder;
  }

  int index() {
    return index;
  }

  BoxId holder() {
    return holder;
  }

  State state() {
    return state;
  }

  boolean is(State asked) {
    return state == asked;
  }

  /** True where that box is being awaited in that state: what others say comes too late. */
  boolean awaits(State asked, BoxId box) {
    return state == asked && holder.equals(box);
  }

  /** Batches that the holder has; they came in order, so it is the next one's number. */
  int taken() {
    return taken;
  }

  /** True once the holder took bytes: another one can't go on in its place. */
  boolean began() {
    return taken > 0;
  }

  boolean lacks(int batch) {
    return state == State.SENDING && taken <= batch;
  }

  /** The call under way, or {@link #NONE}. */
  long call() {
    return call;
  }

  /** Nothing goes to the holder, and nothing keeps the next chunk from it. */
  boolean isIdle() {
    return state == State.SENDING && call == NONE && !resting;
  }

  void asked(long id) {
    call = id;
  }

  /** Its answer came. */
  void answered() {
    call = NONE;
  }

  /** The chunk is there. */
  void took() {
    taken++;
    failures = 0;
  }

  /** The chunk is not there; returns how often in a row. */
  int failed() {
    return ++failures;
  }

  /** The holder is left alone until then: neither a new chunk nor a lost one goes to it. */
  void rest(long until) {
    resting = true;
    restsUntil = until;
  }

  /** Nanoseconds of its pause that are left; −1 where it does not rest. */
  long restsFor(long now) {
    return resting ? Math.max(0, restsUntil - now) : -1;
  }

  void rested() {
    resting = false;
  }

  void become(State next) {
    state = next;
    call = NONE;
    resting = false;
  }

  /** Another box, from the beginning. */
  void moveTo(BoxId spare, State next) {
    holder = spare;
    failures = 0;
    become(next);
  }
}
