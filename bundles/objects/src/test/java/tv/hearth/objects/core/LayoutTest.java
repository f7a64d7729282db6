package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.objects.Seeds;

class LayoutTest {
  @Test
  void everyByteIsInExactlyOneUnit() {
    Seeds seeds = Seeds.random();
    SplittableRandom random = seeds.generator();
    for (int i = 0; i < 2000; i++) {
      Layout layout =
          Layout.of(random.nextLong(1L << random.nextInt(1, 42)), 1 + random.nextInt(80));
      long units = layout.units();
      long unit = random.nextLong(units);
      assertEquals(
          layout.plainStart(unit) + layout.plainLength(unit),
          unit + 1 < units ? layout.plainStart(unit + 1) : layout.plain(),
          seeds.message());
      if (layout.plainLength(unit) > 0) {
        assertEquals(unit, layout.unitOf(layout.plainStart(unit)), seeds.message());
        assertEquals(
            unit,
            layout.unitOf(layout.plainStart(unit) + layout.plainLength(unit) - 1),
            seeds.message());
      }
      assertEquals(
          unit,
          layout.unitAt(layout.segmentOf(unit), layout.stripeOf(unit), layout.indexOf(unit)),
          seeds.message());
      assertTrue(layout.stripeOf(unit) < layout.stripes(layout.segmentOf(unit)), seeds.message());
    }
  }

  @Test
  void sizesAreThoseOfTheFormatPage() {
    assertEquals(56, Layout.of(0, 5).sealed());
    assertEquals(1, Layout.units(65_480));
    assertEquals(2, Layout.units(65_481));
    assertEquals(2, Layout.units(65_480 + 65_520));
    assertEquals(204, Layout.of(1L << 30, 5).stripesPerSegment());
  }

  @Test
  void runsCoverTheirUnitsOnceWithinTheirBounds() {
    Seeds seeds = Seeds.random();
    SplittableRandom random = seeds.generator();
    for (int i = 0; i < 500; i++) {
      Layout layout = Layout.of(500_000_000L, 1 + random.nextInt(60));
      long from = random.nextLong(layout.units());
      long to = Math.min(layout.units(), from + 1 + random.nextInt(300));
      List<Long> units = new ArrayList<>();
      for (long unit = from; unit < to; unit++) {
        units.add(unit);
      }
      List<Long> covered = new ArrayList<>();
      for (Run run : Run.of(layout, units)) {
        assertTrue(run.stripes() <= 16, seeds.message());
        for (int stripe = 0; stripe < run.stripes(); stripe++) {
          for (int index : run.wanted()) {
            covered.add(layout.unitAt(run.segment(), run.firstStripe() + stripe, index));
          }
        }
      }
      assertEquals(units, covered.stream().sorted().toList(), seeds.message());
    }
  }
}
