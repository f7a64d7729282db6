package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.town.Holder;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

/** What neighbours hold says nothing of a private name, of its type and of a small file's size. */
class PrivacyTest {
  private static final String SHORT_NAME = "a.pdf";
  private static final String LONG_NAME = "divorce letter to the lawyer, second draft ü.odt";
  private static final String TYPE = "application/x-private-type";
  @TempDir private Path folder;
  private final Seeds seeds = Seeds.random();

  /** What one town's neighbours hold of one small file: sizes by kind, and all bytes. */
  private record Held(Set<String> sizes, List<byte[]> bytes) {}

  private Held heldOf(String name, String type, int length) throws Exception {
    Path own = java.nio.file.Files.createTempDirectory(folder, "town");
    try (Town town = new Town(own, 8)) {
      byte[] content = seeds.bytes(length);
      town.box(0)
          .put(
              new PutRequest(
                  ObjectRef.of(Shelf.HOUSEHOLD, name),
                  DurabilityClass.HALF_PROOF,
                  length,
                  type,
                  List.of(),
                  (offset, into) -> into.put(content, (int) offset, into.remaining()),
                  done -> {}));
      Held held = new Held(new TreeSet<>(), new ArrayList<>());
      IntStream.range(1, town.size()).forEach(i -> collect(town.holder(i), held));
      return held;
    }
  }

  private static void collect(Holder holder, Held into) {
    holder
        .allRecords()
        .forEach((key, records) -> records.forEach(record -> add(key, record, into)));
    holder
        .pieces()
        .forEach(
            piece -> {
              into.sizes().add("piece " + holder.bytes(piece).length);
              into.bytes().add(holder.bytes(piece));
            });
  }

  private static void add(RecordKey key, Bytes record, Held into) {
    boolean objects =
        key.kind() == RecordKind.HEAD
            || key.kind() == RecordKind.DESCRIPTOR
            || key.kind() == RecordKind.PLACEMENT;
    if (objects) {
      into.sizes().add(key.kind() + " " + record.length());
      into.bytes().add(record.toArray());
      into.bytes().add(key.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void nothingOfNameAndTypeStandsThere() throws Exception {
    Held held = heldOf(LONG_NAME, TYPE, 20_000);
    assertFalse(held.bytes().isEmpty());
    for (String secret : List.of(LONG_NAME, "lawyer", "divorce", TYPE, "x-private", ".odt")) {
      byte[] looked = secret.getBytes(StandardCharsets.UTF_8);
      assertTrue(
          held.bytes().stream().noneMatch(bytes -> contains(bytes, looked)),
          "'" + secret + "' is there in the clear");
    }
  }

  @Test
  void namesTypesAndSizesThatDifferLookAlike() throws Exception {
    Held one = heldOf(SHORT_NAME, "", 7);
    assertEquals(one.sizes(), heldOf(LONG_NAME, TYPE, 7).sizes(), "the name's and type's length");
    assertEquals(one.sizes(), heldOf(SHORT_NAME, "", 23_456).sizes(), "the file's size");
  }

  private static boolean contains(byte[] bytes, byte[] looked) {
    return IntStream.rangeClosed(0, bytes.length - looked.length)
        .anyMatch(
            at -> java.util.Arrays.equals(bytes, at, at + looked.length, looked, 0, looked.length));
  }
}
