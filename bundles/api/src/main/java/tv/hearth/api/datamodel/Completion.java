package tv.hearth.api.datamodel;

import java.util.Map;

/** How an asynchronous command tells its end. Thread-safe; the first call counts. */
public interface Completion {
  /** A name of this run that outlives a restart of the box; 1…64 of {@code A-Z a-z 0-9 -}. */
  String id();

  /** It did what it should. */
  void succeeded(Map<String, String> outputs);

  /** It did not; the code is of TR-369. */
  void failed(int code, String message);
}
