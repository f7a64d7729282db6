package tv.hearth.tests.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The tables name what exists, and what is measured does its work. */
class SuitesTest {
  @Test
  void rowsNameBenchmarksAndParameters() throws Exception {
    assertTrue(Suites.byName().size() > 0);
    for (Suite suite : Suites.byName().values()) {
      Param param = suite.benchmark().getField(suite.parameterName()).getAnnotation(Param.class);
      for (Row row : suite.rows()) {
        assertTrue(List.of(param.value()).contains(row.parameter()), row::toString);
        for (String method : List.of(row.ours(), row.peer())) {
          assertNotNull(suite.benchmark().getMethod(method).getAnnotation(Benchmark.class));
        }
      }
    }
  }

  @Test
  void bothErasureCodersRestoreTheSameData() throws Exception {
    for (String shape : List.of("16/20", "40/80")) {
      ErasureBenchmark benchmark = new ErasureBenchmark();
      benchmark.shape = shape;
      benchmark.setUp();
      byte[][] peer = benchmark.restoreHadoop();
      ByteBuffer ours = benchmark.restore();
      assertEquals(peer.length * ErasureBenchmark.UNIT, ours.limit());
      for (int i = 0; i < peer.length; i++) {
        int from = i * ErasureBenchmark.UNIT;
        byte[] unit = Arrays.copyOfRange(ours.array(), from, from + ErasureBenchmark.UNIT);
        assertArrayEquals(peer[i], unit, shape + ", unit " + i);
      }
    }
  }
}
