package tv.hearth.tests.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every suite that {@code tests/benchmarks/run} knows, by name. New ones are added here. */
final class Suites {
  private static final Map<String, Suite> BY_NAME = new TreeMap<>(Map.of("erasure", erasure()));

  private Suites() {}

  static Map<String, Suite> byName() {
    return BY_NAME;
  }

  private static Suite erasure() {
    int unit = ErasureBenchmark.UNIT;
    return new Suite(
        ErasureBenchmark.class,
        "shape",
        "Apache Hadoop 3.4.1 (hadoop-common), RSRawEncoder and RSRawDecoder: table-driven, pure Java",
        List.of(
            new Row("16/20", "encode", "encodeHadoop", 16L * unit, 15),
            new Row("40/80", "encode", "encodeHadoop", 40L * unit, 30),
            new Row("16/20", "restore", "restoreHadoop", 16L * unit, 0),
            new Row("40/80", "restore", "restoreHadoop", 40L * unit, 0)));
  }
}
