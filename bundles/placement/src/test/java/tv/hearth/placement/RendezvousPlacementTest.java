package tv.hearth.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.placement.TooFewBoxesException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.tests.contracts.placement.MapSamples;
import tv.hearth.tests.contracts.placement.PlacementPolicyContract;

class RendezvousPlacementTest extends PlacementPolicyContract {
  @Override
  protected PlacementPolicy policy() {
    return new RendezvousPlacement();
  }

  /** Vectors of docs/format-placement.md, made by another program. */
  @Test
  void groupsAreTheGoldenOnes() throws IOException, TooFewBoxesException {
    List<MapBox> boxes = new ArrayList<>();
    int checked = 0;
    for (String line : golden()) {
      String[] words = line.split(" ");
      if (words[0].equals("box")) {
        boxes.add(box(words[1], words[2], Integer.parseInt(words[3])));
      } else if (words[0].equals("group")) {
        PlacementPolicy.Group group =
            policy()
                .group(
                    MapSamples.map(boxes),
                    Bytes.ofHex(words[1]),
                    Integer.parseInt(words[2]),
                    Integer.parseInt(words[3]),
                    Set.of(),
                    boxes.size());
        assertEquals(words[4], join(group.holders()));
        assertEquals(words.length > 5 ? words[5] : "", join(group.spares()));
        checked++;
      } else {
        assertEquals(
            words[2],
            join(policy().replicas(MapSamples.map(boxes), Bytes.ofHex(words[1]), boxes.size())));
        checked++;
      }
    }
    assertEquals(12, checked);
  }

  @Test
  void theLogarithmIsRight() {
    assertEquals(63L << 40, Log2.negative(1));
    assertEquals(1L << 40, Log2.negative(1L << 62));
    assertEquals(1, Log2.negative(Long.MAX_VALUE));
    long seed = System.nanoTime();
    String given = System.getProperty("hearth.seed", "");
    SplittableRandom random = new SplittableRandom(given.isEmpty() ? seed : Long.parseLong(given));
    for (int i = 0; i < 10_000; i++) {
      long x = random.nextLong(1, Long.MAX_VALUE) >>> random.nextInt(62);
      double expected = (63 - StrictMath.log(Math.max(1, x)) / StrictMath.log(2)) * (1L << 40);
      assertEquals(expected, Log2.negative(Math.max(1, x)), 4, "x = " + x + ", seed " + seed);
    }
  }

  @Test
  void sparesThatKeepTheCapComeFirst() throws TooFewBoxesException {
    List<MapBox> boxes = MapSamples.clustered(60, 6); // 16/20: cap 2, so 20 within it
    boxes.addAll(List.of(box(MapSamples.id(60).text(), "new", 1)));
    PlacementPolicy.Group group =
        policy().group(MapSamples.map(boxes), MapSamples.key(5), 16, 20, Set.of(), 41);
    boolean newOneHolds = group.holders().contains(MapSamples.id(60));
    assertTrue(newOneHolds || group.spares().get(0).equals(MapSamples.id(60)));
  }

  private static MapBox box(String id, String location, int weight) {
    MapBox model = MapSamples.box(0, location, weight);
    return new MapBox(
        new BoxId(id),
        model.signingKey(),
        model.exchangeKey(),
        model.household(),
        model.householdKey(),
        location,
        weight,
        MapBox.State.ACTIVE,
        "model",
        List.of());
  }

  private static String join(List<BoxId> boxes) {
    return String.join(",", boxes.stream().map(BoxId::text).toList());
  }

  private static List<String> golden() throws IOException {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                RendezvousPlacementTest.class.getResourceAsStream("/golden/placement.txt"),
                StandardCharsets.US_ASCII))) {
      return in.lines().filter(line -> !line.startsWith("#")).toList();
    }
  }
}
