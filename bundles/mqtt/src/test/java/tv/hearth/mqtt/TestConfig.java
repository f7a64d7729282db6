package tv.hearth.mqtt;

import java.lang.annotation.Annotation;

/** A configuration with short times. Fields are set before use. */
@SuppressWarnings("BadAnnotationImplementation")
final class TestConfig implements MqttConfig {
  String broker;
  String clientId = "";
  int outboxMessages = 2_000;
  int outboxKib = 8_192;
  int inFlight = 16;
  int connectTimeoutSeconds = 10;
  int willDelaySeconds;
  int sessionExpirySeconds = 3_600;

  TestConfig(int port) {
    broker = "mqtts://127.0.0.1:" + port;
  }

  @Override
  public String broker() {
    return broker;
  }

  @Override
  public String clientId() {
    return clientId;
  }

  @Override
  public int sessionExpirySeconds() {
    return sessionExpirySeconds;
  }

  @Override
  public int keepAliveSeconds() {
    return 5;
  }

  @Override
  public int connectTimeoutSeconds() {
    return connectTimeoutSeconds;
  }

  @Override
  public int willDelaySeconds() {
    return willDelaySeconds;
  }

  @Override
  public int backoffMillis() {
    return 50;
  }

  @Override
  public int backoffMostMillis() {
    return 500;
  }

  @Override
  public int outboxMessages() {
    return outboxMessages;
  }

  @Override
  public int outboxKib() {
    return outboxKib;
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return MqttConfig.class;
  }
}
