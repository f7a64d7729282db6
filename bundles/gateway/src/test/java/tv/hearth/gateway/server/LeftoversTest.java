package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A gateway that was closed leaves nothing behind in Netty, which stays: its loader is collected.
 */
@Timeout(300)
class LeftoversTest {
  @Test
  void theClassLoaderIsCollected() throws Exception {
    WeakReference<ClassLoader> loader = use();
    Await.until(
        "the class loader is collected",
        () -> {
          System.gc();
          return loader.get() == null;
        });
  }

  /** In a method of its own, so that no local variable holds the loader. */
  private static WeakReference<ClassLoader> use() throws Exception {
    ClassLoader loader = new Own(LeftoversTest.class.getClassLoader());
    Class<?> session = loader.loadClass(Session.class.getName());
    assertNotSame(Session.class, session);
    ((Callable<?>) session.getDeclaredConstructor().newInstance()).call();
    return new WeakReference<>(loader);
  }

  /** Serves a player, cuts another, and closes. */
  public static final class Session implements Callable<Void> {
    /** For the other loader. */
    public Session() {}

    @Override
    public Void call() throws IOException {
      try (TestGateway gateway = new TestGateway(FakeStore.film(5L << 30));
          Client one = gateway.client();
          Client two = gateway.client()) {
        one.get("/film/film.mp4", "Range: bytes=0-999999");
        one.get("/film/");
        two.ask("GET", "/film/film.mp4").head();
        return null;
      }
    }
  }

  /** Defines the gateway's classes anew, as a bundle's loader would; all else is its parent's. */
  private static final class Own extends ClassLoader {
    Own(ClassLoader parent) {
      super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("tv.hearth.gateway.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
      try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
