package tv.hearth.update.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FailedComponentsTest {
  @Test
  void theCauseAtTheBottomIsSaid() {
    String trace =
        "java.lang.reflect.InvocationTargetException\n\tat a.B.c(B.java:1)\n"
            + "Caused by: java.lang.IllegalStateException: the store\n\tat a.B.d(B.java:2)\n"
            + "Caused by: java.io.IOException: records.db is of version 2\n\t... 3 more\n";
    assertEquals("java.io.IOException: records.db is of version 2", FailedComponents.words(trace));
    assertEquals("x.Y: z", FailedComponents.words("x.Y: z\n\tat a.B.c(B.java:1)"));
    assertEquals("it does not say why", FailedComponents.words(" "));
  }
}
