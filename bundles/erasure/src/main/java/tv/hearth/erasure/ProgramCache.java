package tv.hearth.erasure;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The programs last used, within a number and a number of bytes. Thread-safe. */
final class ProgramCache {
  private final int mostPrograms;
  private final long mostBytes;
  private final Map<Object, PlaneProgram> programs = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  ProgramCache(int mostPrograms, long mostBytes) {
    this.mostPrograms = mostPrograms;
    this.mostBytes = mostBytes;
  }

  /**
   * The program for {@code key}. It is made outside of the lock: two threads that miss at once both
   * make it, which costs time and nothing else.
   */
  PlaneProgram get(Object key, Supplier<PlaneProgram> maker) {
    synchronized (programs) {
      PlaneProgram known = programs.get(key);
      if (known != null) {
        return known;
      }
    }
    PlaneProgram made = maker.get();
    synchronized (programs) {
      PlaneProgram other = programs.put(key, made);
      bytes += made.bytes() - (other == null ? 0 : other.bytes());
      trim();
    }
    return made;
  }

  private void trim() {
    Iterator<PlaneProgram> eldest = programs.values().iterator();
    while (programs.size() > mostPrograms || bytes > mostBytes) {
      bytes -= eldest.next().bytes();
      eldest.remove();
    }
  }

  void clear() {
    synchronized (programs) {
      programs.clear();
      bytes = 0;
    }
  }

  int size() {
    synchronized (programs) {
      return programs.size();
    }
  }

  long bytes() {
    synchronized (programs) {
      return bytes;
    }
  }
}
