package tv.hearth.mqtt;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.tests.contracts.telemetry.MeterSourceContract;

/** Meters and probe of a bus without its services and its broker. */
class BusMetersTest extends MeterSourceContract {
  private MqttComponent bus;

  @BeforeEach
  void start(@TempDir Path folder) {
    bus = new MqttComponent(folder.resolve("outbox"), new TestConfig(1));
  }

  @AfterEach
  void stop() throws Exception {
    bus.close();
  }

  @Override
  protected MeterSource meters() {
    return bus;
  }

  @Override
  protected HealthProbe probe() {
    return bus;
  }
}
