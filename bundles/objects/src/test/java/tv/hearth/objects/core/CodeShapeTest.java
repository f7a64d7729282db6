package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;

class CodeShapeTest {
  @Test
  void scalesAsTheDesignSays() throws Exception {
    assertEquals(new CodeShape(5, 21, 17), CodeShape.scaled(DurabilityClass.HALF_PROOF, 24));
    assertEquals(new CodeShape(16, 20, 19), CodeShape.scaled(DurabilityClass.FILM, 24));
    assertEquals(new CodeShape(2, 10, 8), CodeShape.scaled(DurabilityClass.HALF_PROOF, 12));
    assertEquals(new CodeShape(8, 10, 9), CodeShape.scaled(DurabilityClass.FILM, 12));
    assertEquals(new CodeShape(20, 80, 65), CodeShape.scaled(DurabilityClass.HALF_PROOF, 1000));
  }

  @Test
  void keepsItsBoundsAtEverySize() throws Exception {
    for (DurabilityClass durability : DurabilityClass.values()) {
      for (int boxes = 4; boxes < 3000; boxes++) {
        CodeShape shape = CodeShape.scaled(durability, boxes);
        assertTrue(shape.n() <= boxes - Math.max(2, boxes / 8) && shape.n() <= durability.n());
        assertTrue(shape.k() >= 1 && shape.k() < shape.ack() && shape.ack() <= shape.n());
        long promised = (long) durability.k() * shape.n();
        assertTrue(shape.k() == 1 || (long) shape.k() * durability.n() <= promised);
      }
    }
  }

  @Test
  void tooFewBoxesAreNamedWithTheRemedy() {
    for (int boxes = 0; boxes < 4; boxes++) {
      int few = boxes;
      ObjectFailure failure =
          assertThrows(
              ObjectFailure.class, () -> CodeShape.scaled(DurabilityClass.HALF_PROOF, few));
      assertEquals(ObjectFailure.Problem.TOO_FEW_BOXES, failure.problem());
      assertTrue(failure.getMessage().contains("add boxes"));
    }
  }
}
