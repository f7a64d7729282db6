package tv.hearth.management;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.annotation.Annotation;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.ModelObject;

class BoxObjectsTest {
  private String inMap = "";
  private String configured = "";
  private final ManagementConfig config =
      new ManagementConfig() {
        @Override
        public Class<? extends Annotation> annotationType() {
          return ManagementConfig.class;
        }

        @Override
        public String[] controllers() {
          return new String[0];
        }

        @Override
        public int lookSeconds() {
          return 10;
        }

        @Override
        public int periodicSeconds() {
          return 60;
        }

        @Override
        public String manufacturer() {
          return "Example";
        }

        @Override
        public String manufacturerOui() {
          return "0000AA";
        }

        @Override
        public String model() {
          return configured;
        }
      };
  private final BoxObjects.Facts facts =
      new BoxObjects.Facts() {
        @Override
        public String box() {
          return "box1";
        }

        @Override
        public String endpointId() {
          return "proto::hearth-box1";
        }

        @Override
        public String version() {
          return "1";
        }

        @Override
        public String modelInMap() {
          return inMap;
        }

        @Override
        public boolean isConnected() {
          return true;
        }

        @Override
        public String topic(String end) {
          return "t/" + end;
        }
      };

  private String info(String parameter) throws ModelException {
    List<ModelObject> all = new BoxObjects(config, facts, name -> name).all();
    ModelObject info =
        all.stream().filter(o -> o.path().equals("Device.DeviceInfo.")).findFirst().orElseThrow();
    return info.value(List.of(), parameter);
  }

  @Test
  void makerAndModelAreNeverEmpty() throws ModelException {
    assertEquals("Example", info("Manufacturer"));
    assertEquals("unknown", info("ModelName"));
    inMap = "STB-4";
    assertEquals("STB-4", info("ModelName"), "as the operator's map has it");
    assertEquals("STB-4", info("ProductClass"));
    configured = "STB-4K";
    assertEquals("STB-4K", info("ModelName"), "what is configured here goes before");
  }
}
