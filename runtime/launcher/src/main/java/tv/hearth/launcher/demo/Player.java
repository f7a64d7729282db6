package tv.hearth.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import tv.hearth.launcher.hood.Gateway;
import tv.hearth.launcher.ui.Progress;

/**
 * Plays a film through a gateway as a player does, and checks every byte. A part that arrives after
 * the moment at which the parts before it have been played to their end is a stall; the clock
 * starts with the first part.
 */
final class Player {
  private static final int AHEAD_SECONDS = 10;
  private static final int SEEKS = 12;
  private static final int SEEK_LENGTH = 300_000;

  private final Gateway gateway;
  private final Film film;
  private final TreeMap<String, Path> files;
  private final Progress progress;

  Player(Gateway gateway, Film film, Progress progress) throws IOException {
    this.gateway = gateway;
    this.film = film;
    this.files = film.files();
    this.progress = progress;
  }

  /** From beginning to end, then with {@value #SEEKS} seeks. */
  Tally play(Random random) throws IOException {
    Tally tally = readAll("playing");
    for (int i = 0; i < SEEKS; i++) {
      seek(random, tally);
    }
    return tally;
  }

  /** Every file once; those of a playlist in its order, against its clock. */
  Tally readAll(String what) throws IOException {
    Tally tally = new Tally();
    progress.begin(what + " " + film.name(), film.length());
    long begin = System.nanoTime();
    List<String> rest = new ArrayList<>(files.keySet());
    Optional<Playlist> playlist = Playlist.find(files);
    if (playlist.isPresent()) {
      playlist(playlist.get(), rest, tally);
    }
    for (String path : rest) {
      whole(path, tally);
    }
    tally.nanos = System.nanoTime() - begin;
    progress.end();
    return tally;
  }

  /**
   * Plays as a household does, second by second, with {@value #AHEAD_SECONDS} s of film in the
   * player's buffer; a film without a playlist is read as fast as it comes.
   *
   * @param stop asked between parts
   */
  Tally watch(BooleanSupplier stop) throws IOException {
    Tally tally = new Tally();
    Optional<Playlist> playlist = Playlist.find(files);
    if (playlist.isEmpty()) {
      return readAll("playing");
    }
    long begin = System.nanoTime();
    double fetched = 0;
    double stalled = 0;
    for (Playlist.Part part : playlist.get().parts()) {
      while (!stop.getAsBoolean() && fetched - stalled - seconds(begin) > AHEAD_SECONDS) {
        LockSupport.parkNanos(50_000_000);
      }
      if (stop.getAsBoolean()) {
        break;
      }
      whole(part.path(), tally);
      double late = seconds(begin) - stalled - fetched;
      if (fetched > 0 && late > 0) {
        tally.stalls++;
        tally.stalledNanos += (long) (late * 1e9);
        stalled += late;
      } else if (fetched == 0 && part.seconds() > 0) {
        tally.startNanos = System.nanoTime() - begin;
        begin = System.nanoTime();
      }
      fetched += part.seconds();
      tally.filmSeconds += part.seconds();
    }
    return tally;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private void playlist(Playlist playlist, List<String> rest, Tally tally) throws IOException {
    whole(playlist.path(), tally);
    rest.remove(playlist.path());
    long begin = System.nanoTime();
    long due = Long.MAX_VALUE;
    for (Playlist.Part part : playlist.parts()) {
      whole(part.path(), tally);
      rest.remove(part.path());
      long now = System.nanoTime();
      if (part.seconds() > 0) {
        if (due == Long.MAX_VALUE) {
          tally.startNanos = now - begin;
          due = now;
        } else if (now > due) {
          tally.stalls++;
          tally.stalledNanos += now - due;
          due = now;
        }
        due += (long) (part.seconds() * 1e9);
        tally.filmSeconds += part.seconds();
      }
    }
  }

  private void whole(String path, Tally tally) throws IOException {
    Path stored = files.get(path);
    Compare.stream(gateway.open(served(path), "").body(), stored, 0, Files.size(stored), tally);
    progress.at(tally.bytes);
  }

  private void seek(Random random, Tally tally) throws IOException {
    List<String> paths = new ArrayList<>(files.keySet());
    String path = paths.get(random.nextInt(paths.size()));
    Path stored = files.get(path);
    long size = Files.size(stored);
    if (size == 0) {
      return;
    }
    long from = (long) (random.nextDouble() * size);
    long length = Math.min(SEEK_LENGTH, size - from);
    long begin = System.nanoTime();
    String range = "bytes=" + from + "-" + (from + length - 1);
    Compare.stream(gateway.open(served(path), range).body(), stored, from, length, tally);
    tally.slowestSeekNanos = Math.max(tally.slowestSeekNanos, System.nanoTime() - begin);
    tally.seeks++;
  }

  private String served(String path) {
    String name = "film/" + Gateway.encode(film.name());
    return path.isEmpty() ? name : name + "/" + Gateway.encode(path);
  }
}
