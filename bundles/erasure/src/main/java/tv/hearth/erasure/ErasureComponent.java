package tv.hearth.erasure;

import java.nio.ByteBuffer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.erasure.ErasureCode;

/** Offers the erasure code as a service. Owns no thread, file or socket. */
@Component(configurationPid = "tv.hearth.erasure")
@Designate(ocd = ErasureConfig.class)
public final class ErasureComponent implements ErasureCode {
  private final PlaneErasureCode code;

  /** Made by Declarative Services. */
  @Activate
  public ErasureComponent(ErasureConfig config) {
    code =
        new PlaneErasureCode(
            bounded("threads", config.threads(), 1, 64),
            bounded("plans", config.plans(), 1, 10_000),
            1024L * bounded("plansKib", config.plansKib(), 0, 65_536));
  }

  @Deactivate
  void close() {
    code.close();
  }

  @Override
  public void encode(int k, int n, int unit, ByteBuffer data, ByteBuffer parity) {
    code.encode(k, n, unit, data, parity);
  }

  @Override
  public void restore(
      int k, int n, int unit, int[] present, ByteBuffer pieces, int[] wanted, ByteBuffer out) {
    code.restore(k, n, unit, present, pieces, wanted, out);
  }

  private static int bounded(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "tv.hearth.erasure: " + name + " = " + value + ": must be within " + least + ".." + most);
    }
    return value;
  }
}
