package tv.hearth.api.update;

/** Whiteboard: hears of operations. Thread-safe, quick, never blocks or throws. */
public interface UpdateListener {
  /** A phase was reached; the last call of an operation has one that ended it. */
  void changed(Operation operation);
}
