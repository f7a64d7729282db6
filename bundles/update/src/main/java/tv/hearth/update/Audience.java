package tv.hearth.update;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateListener;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.update.engine.Ledger;
import tv.hearth.update.engine.Operations;
import tv.hearth.update.engine.Ports;

/**
 * Tells listeners. The end of an operation is told to each bundle's listener until that has taken
 * it once, over restarts and exchanges of either side. Thread-safe.
 */
final class Audience implements Ports.Audience {
  private static final Logger LOG = System.getLogger(Audience.class.getName());

  private final Map<UpdateListener, String> listeners = new ConcurrentHashMap<>();
  private volatile Ledger ledger;

  /** From now on ends are remembered as told. */
  void start(Ledger withLedger) {
    ledger = withLedger;
    listeners.forEach(this::catchUp);
  }

  void add(UpdateListener listener, String bundle) {
    listeners.put(listener, bundle);
    catchUp(listener, bundle);
  }

  void remove(UpdateListener listener) {
    listeners.remove(listener);
  }

  @Override
  public void changed(Operation operation) {
    if (operation.ended() && ledger != null) {
      listeners.forEach(this::catchUp);
    } else {
      listeners.forEach((listener, bundle) -> tell(listener, bundle, operation));
    }
  }

  private void catchUp(UpdateListener listener, String bundle) {
    Ledger known = ledger;
    if (known == null) {
      return;
    }
    for (OperationRecord operation : known.now().operations()) {
      if (operation.isEnded()
          && !operation.told().contains(bundle)
          && tell(listener, bundle, Operations.of(operation))) {
        remember(known, operation.id(), bundle);
      }
    }
  }

  private static void remember(Ledger ledger, String id, String bundle) {
    try {
      ledger.change(
          state ->
              state.operations().stream()
                  .filter(op -> op.id().equals(id) && !op.told().contains(bundle))
                  .findAny()
                  .map(op -> state.with(op.told(bundle)))
                  .orElse(state));
    } catch (UpdateException e) {
      LOG.log(Level.WARNING, "it will be told again: {0}", e.getMessage());
    }
  }

  private static boolean tell(UpdateListener listener, String bundle, Operation operation) {
    try {
      listener.changed(operation);
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a listener of " + bundle + " failed: " + e.getMessage(), e);
      return false;
    }
  }
}
