package tv.hearth.mqtt;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** Passes Paho's calls on. */
final class LineCallback implements MqttCallback {
  private static final Logger LOG = System.getLogger(LineCallback.class.getName());

  private final Line line;
  private final LineEvents events;

  LineCallback(Line line, LineEvents events) {
    this.line = line;
    this.events = events;
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {
    if (!line.closing()) {
      if (response.getReturnCode() == MqttReturnCode.RETURN_CODE_SESSION_TAKEN_OVER) {
        events.takenOver(line);
      }
      events.lost(line, why(response));
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    events.arrived(line, topic, message);
  }

  @Override
  public void mqttErrorOccurred(MqttException error) {
    LOG.log(Level.DEBUG, "MQTT", error);
  }

  @Override
  public void deliveryComplete(IMqttToken token) {
    // told by the token's own listener
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    // told by the connect's token
  }

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {
    // enhanced authentication is not asked for
  }

  private static String why(MqttDisconnectResponse response) {
    if (response.getReasonString() != null) {
      return response.getReasonString();
    }
    MqttException cause = response.getException();
    if (cause == null) {
      return "the broker said goodbye, reason code " + response.getReturnCode();
    }
    return String.valueOf(cause.getCause() == null ? cause.getMessage() : cause.getCause());
  }
}
