package tv.hearth.management;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.UnaryOperator;
import tv.hearth.api.datamodel.EventType;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.datamodel.Parameter.Type;
import tv.hearth.management.object.Fixed;

/** The objects of which a box has one each: what it is, and how it is reached. */
final class BoxObjects {
  private static final String UNKNOWN = "unknown";
  private final ManagementConfig config;
  private final Facts facts;
  private final UnaryOperator<String> properties;

  /** What is known of the box at the moment; each is empty before it is known. */
  interface Facts {
    /** Its id. */
    String box();

    /** Its endpoint id. */
    String endpointId();

    /** The release's version. */
    String version();

    /** Its model as the operator's map has it. */
    String modelInMap();

    /** Whether its broker answers. */
    boolean isConnected();

    /** A topic of its own, by its end. */
    String topic(String end);
  }

  /** Over these; {@code properties} are the framework's. */
  BoxObjects(ManagementConfig config, Facts facts, UnaryOperator<String> properties) {
    this.config = config;
    this.facts = facts;
    this.properties = properties;
  }

  /** As it is configured here, else as the operator's map has it. */
  private String model() {
    String model = config.model().isBlank() ? facts.modelInMap() : config.model();
    return model.isBlank() ? UNKNOWN : model;
  }

  /** All of them. */
  List<ModelObject> all() {
    Runtime runtime = Runtime.getRuntime();
    Fixed environment = new Fixed("Device.SoftwareModules.ExecEnv.{i}.");
    environment
        .with("Enable", Type.BOOLEAN, () -> "true")
        .with("Status", "Up")
        .with("Alias", "cpe-1")
        .with("Name", "OSGi")
        .with("Type", "OSGi R8")
        .with("Vendor", properties.apply("org.osgi.framework.vendor"))
        .with("Version", properties.apply("org.osgi.framework.version"));
    return List.of(
        new Fixed("Device.", new EventType("Boot!", List.of("Cause", "FirmwareUpdated")))
            .with("RootDataModelVersion", "2.16"),
        new Fixed("Device.DeviceInfo.")
            .with("Manufacturer", config.manufacturer())
            .with("ManufacturerOUI", config.manufacturerOui())
            .with("ModelName", Type.STRING, this::model)
            .with("ProductClass", Type.STRING, this::model)
            .with("SerialNumber", Type.STRING, facts::box)
            .with("SoftwareVersion", Type.STRING, facts::version)
            .with("UpTime", Type.UNSIGNED_INT, BoxObjects::upTime),
        new Fixed("Device.DeviceInfo.MemoryStatus.")
            .with("Total", Type.UNSIGNED_INT, () -> kib(runtime.maxMemory()))
            .with(
                "Free",
                Type.UNSIGNED_INT,
                () -> kib(runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory())),
        new Fixed("Device.LocalAgent.", new EventType("Periodic!", List.of()))
            .with("EndpointID", Type.STRING, facts::endpointId)
            .with("SupportedProtocols", "MQTT")
            .with("SoftwareVersion", Type.STRING, facts::version)
            .with("UpTime", Type.UNSIGNED_INT, BoxObjects::upTime),
        new Fixed("Device.LocalAgent.MTP.{i}.")
            .with("Alias", "cpe-1")
            .with("Enable", Type.BOOLEAN, () -> "true")
            .with("Status", Type.STRING, () -> facts.isConnected() ? "Up" : "Down")
            .with("Protocol", "MQTT"),
        new Fixed("Device.LocalAgent.MTP.{i}.MQTT.")
            .with("Reference", "Device.MQTT.Client.1")
            .with("ResponseTopicConfigured", Type.STRING, () -> facts.topic("down/usp"))
            .with("PublishQoS", Type.UNSIGNED_INT, () -> "1"),
        new Fixed("Device.MQTT.Client.{i}.")
            .with("Alias", "cpe-1")
            .with("Name", "hearth")
            .with("Enable", Type.BOOLEAN, () -> "true")
            .with("Status", Type.STRING, () -> facts.isConnected() ? "Connected" : "Connecting")
            .with("ProtocolVersion", "5.0")
            .with("ClientID", Type.STRING, facts::box),
        environment);
  }

  private static String kib(long bytes) {
    return String.valueOf(bytes >> 10);
  }

  private static String upTime() {
    return String.valueOf(ManagementFactory.getRuntimeMXBean().getUptime() / 1000);
  }
}
