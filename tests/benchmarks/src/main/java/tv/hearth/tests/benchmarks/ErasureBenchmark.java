package tv.hearth.tests.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.hadoop.io.erasurecode.ErasureCoderOptions;
import org.apache.hadoop.io.erasurecode.rawcoder.RSRawDecoder;
import org.apache.hadoop.io.erasurecode.rawcoder.RSRawEncoder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import tv.hearth.api.erasure.ErasureCode;
import tv.hearth.erasure.PlaneErasureCode;

/**
 * One stripe of 64 KiB units on one thread, against the table-driven Reed–Solomon coder of Apache
 * Hadoop (pure Java). Ours goes through the service's interface, copying to and from the caller's
 * buffers included; the peer works on the arrays themselves. Restoring is from the worst loss: as
 * many data pieces as there are parity pieces.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ErasureBenchmark {
  /** Bytes of a unit. */
  public static final int UNIT = 64 << 10;

  /** k/n. */
  @Param({"16/20", "40/80"})
  public String shape;

  private final ErasureCode code = new PlaneErasureCode(1, 64, 2 << 20);
  private int k;
  private int n;
  private ByteBuffer data;
  private ByteBuffer parity;
  private byte[][] dataUnits;
  private byte[][] parityUnits;
  private RSRawEncoder peerEncoder;
  private RSRawDecoder peerDecoder;
  private int[] present;
  private int[] lost;
  private ByteBuffer pieces;
  private ByteBuffer restored;
  private byte[][] peerPieces;
  private byte[][] peerRestored;

  /** Data, both coders and what each needs for restoring. */
  @Setup
  public void setUp() throws IOException {
    k = Integer.parseInt(shape.substring(0, shape.indexOf('/')));
    n = Integer.parseInt(shape.substring(shape.indexOf('/') + 1));
    data = ByteBuffer.allocate(k * UNIT);
    new Random(1).nextBytes(data.array());
    parity = ByteBuffer.allocate((n - k) * UNIT);
    dataUnits = units(data);
    parityUnits = new byte[n - k][UNIT];
    ErasureCoderOptions options = new ErasureCoderOptions(k, n - k);
    peerEncoder = new RSRawEncoder(options);
    peerDecoder = new RSRawDecoder(options);
    setUpLoss();
  }

  private void setUpLoss() throws IOException {
    lost = IntStream.range(0, Math.min(k, n - k)).toArray();
    present = IntStream.range(lost.length, lost.length + k).toArray();
    code.encode(k, n, UNIT, data.clear(), parity.clear());
    ByteBuffer all = ByteBuffer.allocate(n * UNIT).put(data.clear()).put(parity.clear());
    pieces = all.clear().position(lost.length * UNIT).slice().limit(k * UNIT);
    restored = ByteBuffer.allocate(lost.length * UNIT);
    peerEncoder.encode(dataUnits, parityUnits);
    peerPieces = new byte[n][];
    for (int index : present) {
      peerPieces[index] = index < k ? dataUnits[index] : parityUnits[index - k];
    }
    peerRestored = new byte[lost.length][UNIT];
  }

  private static byte[][] units(ByteBuffer stripe) {
    byte[][] units = new byte[stripe.capacity() / UNIT][UNIT];
    for (int i = 0; i < units.length; i++) {
      stripe.get(i * UNIT, units[i]);
    }
    return units;
  }

  /** Ours. */
  @Benchmark
  public ByteBuffer encode() {
    code.encode(k, n, UNIT, data.clear(), parity.clear());
    return parity;
  }

  /** The peer. */
  @Benchmark
  public byte[][] encodeHadoop() throws IOException {
    peerEncoder.encode(dataUnits, parityUnits);
    return parityUnits;
  }

  /** Ours. */
  @Benchmark
  public ByteBuffer restore() {
    code.restore(k, n, UNIT, present, pieces.rewind(), lost, restored.clear());
    return restored;
  }

  /** The peer. */
  @Benchmark
  public byte[][] restoreHadoop() throws IOException {
    peerDecoder.decode(peerPieces, lost, peerRestored);
    return peerRestored;
  }
}
