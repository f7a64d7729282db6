package tv.hearth.mqtt;

import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/** Paho's client over a socket of ours. Its persistence is memory: the outbox is the one truth. */
final class BrokerClient extends MqttAsyncClient {
  private final BrokerSocket socket;

  BrokerClient(BrokerSocket socket, String clientId, ScheduledExecutorService threads)
      throws MqttException {
    super(socket.getServerURI(), clientId, new MemoryPersistence(), null, threads);
    this.socket = socket;
  }

  @Override
  protected NetworkModule[] createNetworkModules(String address, MqttConnectionOptions options) {
    return new NetworkModule[] {socket};
  }
}
