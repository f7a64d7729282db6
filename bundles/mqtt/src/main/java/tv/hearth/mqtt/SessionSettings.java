package tv.hearth.mqtt;

/** The checked configuration of the session; see {@link MqttConfig}. */
record SessionSettings(
    BrokerAddress broker,
    String clientId,
    int sessionExpirySeconds,
    int keepAliveSeconds,
    int connectTimeoutSeconds,
    int willDelaySeconds,
    Backoff backoff,
    int inFlight) {

  static SessionSettings of(MqttConfig config) {
    return new SessionSettings(
        BrokerAddress.parse(config.broker()),
        config.clientId().strip(),
        within("sessionExpirySeconds", config.sessionExpirySeconds(), 0, 2_592_000),
        within("keepAliveSeconds", config.keepAliveSeconds(), 5, 3_600),
        within("connectTimeoutSeconds", config.connectTimeoutSeconds(), 1, 300),
        within("willDelaySeconds", config.willDelaySeconds(), 0, 3_600),
        new Backoff(
            within("backoffMillis", config.backoffMillis(), 10, 60_000),
            within("backoffMostMillis", config.backoffMostMillis(), 10, 3_600_000)),
        within("inFlight", config.inFlight(), 1, 256));
  }

  static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "tv.hearth.mqtt: " + name + " = " + value + ": must be within " + least + ".." + most);
    }
    return value;
  }
}
