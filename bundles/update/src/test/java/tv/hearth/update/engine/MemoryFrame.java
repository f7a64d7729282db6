package tv.hearth.update.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.FrameException;

/**
 * A framework in memory whose cache is not synced: after a power cut a bundle that was exchanged
 * since may be the old one, the new one, or gone.
 */
final class MemoryFrame implements Frame {
  private final Power power;
  private Map<Long, Content> cache = new TreeMap<>();
  private Map<Long, Content> settled = new TreeMap<>();
  private final Set<Long> running = new HashSet<>();
  private long next = 1;
  private long clock = 1;
  final Set<String> broken = new HashSet<>();
  final Map<String, Set<String>> together = new TreeMap<>();
  final Map<Long, String> vendors = new TreeMap<>();
  Function<String, String> locations = name -> "test:" + name;
  int starts;

  MemoryFrame(Power power) {
    this.power = power;
  }

  /**
   * A bundle.
   *
   * @param isAdded by a release, and not by the firmware
   */
  private record Content(String name, byte[] jar, long modified, boolean isAdded) {}

  /** The firmware's jars changed: so did its bundles, as far as no release has exchanged them. */
  void replaced(Map<String, String> was, Map<String, String> is) {
    cache.replaceAll(
        (id, content) ->
            !content.isAdded() && text(content.jar()).equals(was.get(content.name()))
                ? new Content(content.name(), is.get(content.name()).getBytes(), clock++, false)
                : content);
    settled = new TreeMap<>(cache);
  }

  /** What is installed, by name; the jar's text is its version. */
  Map<String, String> contents() {
    Map<String, String> all = new TreeMap<>();
    cache.values().forEach(content -> all.put(content.name(), text(content.jar())));
    return all;
  }

  Set<String> active() {
    Set<String> names = new HashSet<>();
    running.forEach(id -> names.add(name(id)));
    return names;
  }

  void firmware(Map<String, String> bundles) {
    bundles.forEach(
        (name, text) -> {
          if (cache.values().stream().noneMatch(c -> c.name().equals(name))) {
            cache.put(next++, new Content(name, text.getBytes(), clock++, false));
          }
        });
    settled = new TreeMap<>(cache);
  }

  /** The power was cut; nothing runs. */
  void cut(Random random) {
    Map<Long, Content> found = new TreeMap<>();
    Set<Long> ids = new HashSet<>(cache.keySet());
    ids.addAll(settled.keySet());
    for (long id : ids) {
      Content was = settled.get(id);
      Content is = cache.get(id);
      Content now = was == is ? is : List.of(0, 1, 2).get(random.nextInt(3)) == 0 ? was : is;
      boolean gone = was != is && random.nextInt(3) == 0;
      if (now != null && !gone) {
        found.put(id, now);
      }
    }
    cache = found;
    settled = new TreeMap<>(found);
    running.clear();
  }

  void empty() {
    cache.clear();
    settled.clear();
    running.clear();
  }

  void startAll() {
    running.addAll(cache.keySet());
  }

  void die(String name) {
    running.removeIf(id -> name(id).equals(name));
  }

  @Override
  public List<Placed> bundles() {
    List<Placed> all = new ArrayList<>();
    cache.forEach(
        (id, content) ->
            all.add(
                new Placed(
                    id,
                    content.name(),
                    text(content.jar()),
                    content.isAdded()
                        ? "hearth:" + content.name()
                        : locations.apply(content.name()),
                    content.modified(),
                    running.contains(id))));
    return all;
  }

  @Override
  public long install(String symbolicName, InputStream jar) throws FrameException {
    power.use("install " + symbolicName);
    cache.put(next, new Content(symbolicName, bytes(jar), clock++, true));
    return next++;
  }

  @Override
  public void update(long id, InputStream jar) throws FrameException {
    power.use("update " + name(id));
    cache.put(id, new Content(name(id), bytes(jar), clock++, cache.get(id).isAdded()));
  }

  @Override
  public void uninstall(long id) {
    power.use("uninstall " + name(id));
    cache.remove(id);
    running.remove(id);
  }

  @Override
  public void stop(long id) {
    power.use("stop " + name(id));
    running.remove(id);
  }

  @Override
  public void start(long id) throws FrameException {
    power.use("start " + name(id));
    starts++;
    if (broken.contains(text(cache.get(id).jar()))) {
      throw new FrameException("start " + name(id) + ": it throws");
    }
    running.add(id);
  }

  @Override
  public Set<Long> closure(Set<Long> ids) {
    Set<Long> all = new HashSet<>(ids);
    for (long id : ids) {
      Set<String> names = together.getOrDefault(name(id), Set.of());
      cache.forEach(
          (other, content) ->
              all.addAll(names.contains(content.name()) ? Set.of(other) : Set.of()));
      vendors.forEach((other, name) -> all.addAll(names.contains(name) ? Set.of(other) : Set.of()));
    }
    return all;
  }

  @Override
  public String name(long id) {
    return cache.containsKey(id) ? cache.get(id).name() : vendors.getOrDefault(id, "bundle " + id);
  }

  @Override
  public void refresh(Set<Long> ids) {
    power.use("refresh " + ids);
  }

  @Override
  public boolean holds(long id, InputStream jar) throws FrameException {
    return Arrays.equals(cache.get(id).jar(), bytes(jar));
  }

  @Override
  public void settle() {
    power.use("settle");
    settled = new TreeMap<>(cache);
  }

  static String text(byte[] jar) {
    return new String(jar, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static byte[] bytes(InputStream jar) throws FrameException {
    try (jar) {
      return jar.readAllBytes();
    } catch (IOException e) {
      throw new FrameException("can't be read", e);
    }
  }
}
