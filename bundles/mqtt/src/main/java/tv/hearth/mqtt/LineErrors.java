package tv.hearth.mqtt;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/** Says in plain words why no connection came about, with the remedy. */
final class LineErrors {
  private LineErrors() {}

  static String connect(LineSettings settings, MqttException error) {
    return "no connection with " + settings.address() + ": " + why(settings, error);
  }

  private static String why(LineSettings settings, MqttException error) {
    Throwable root = error.getCause() == null ? error : error.getCause();
    if (root instanceof UnknownHostException) {
      return "the name is unknown; check tv.hearth.mqtt broker and the resolver";
    }
    if (root instanceof ConnectException) {
      return "nobody listens there; is the broker started?";
    }
    if (root instanceof SocketTimeoutException) {
      return "no answer within " + settings.connectTimeoutSeconds() + " s";
    }
    if (root instanceof SSLException) {
      return "TLS failed (another operator's certificate, an expired one, or one that does not name "
          + settings.address().host()
          + "): "
          + root.getMessage();
    }
    return switch (error.getReasonCode()) {
      case MqttReturnCode.RETURN_CODE_NOT_AUTHORIZED,
          MqttReturnCode.RETURN_CODE_BAD_USERNAME_OR_PASSWORD ->
          "the broker does not let this certificate in";
      case MqttReturnCode.RETURN_CODE_IDENTIFIER_NOT_VALID ->
          "the broker refuses client id "
              + settings.clientId()
              + "; it must be the certificate's common name";
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "the broker did not answer in time";
      default -> "reason " + error.getReasonCode() + ", " + root;
    };
  }
}
