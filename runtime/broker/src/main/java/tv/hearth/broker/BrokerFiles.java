package tv.hearth.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;

/**
 * Lays out the broker's folder: configuration and key stores new at each start, data and log kept.
 */
final class BrokerFiles {
  private final Path dir;

  BrokerFiles(Path dir) {
    this.dir = dir.toAbsolutePath();
  }

  Path config() {
    return dir.resolve("conf");
  }

  Path data() {
    return dir.resolve("data");
  }

  Path extensions() {
    return dir.resolve("extensions");
  }

  Path log() {
    return dir.resolve("broker.log");
  }

  void write(BrokerSettings settings) throws IOException {
    folder(dir);
    folder(config());
    folder(data());
    folder(extensions());
    byte[] random = new byte[16];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    BrokerStores stores = new BrokerStores(settings, password.toCharArray());
    stores.writeKeyStore(config().resolve("broker.p12"));
    stores.writeTrustStore(config().resolve("clients.p12"));
    secret(config().resolve("config.xml"), configXml(settings, password));
    secret(config().resolve("logback.xml"), logbackXml());
  }

  /** 3 MiB a packet: the largest map and some room; QoS 2 is not used. */
  private String configXml(BrokerSettings settings, String password) {
    return String.format(
        Locale.ROOT,
        """
        <?xml version="1.0"?>
        <hivemq>
          <listeners><tls-tcp-listener>
            <port>%d</port><bind-address>%s</bind-address><name>hearth</name>
            <tls>
              <keystore><path>%s</path><password>%s</password>
                <private-key-password>%s</private-key-password></keystore>
              <truststore><path>%s</path><password>%s</password></truststore>
              <client-authentication-mode>REQUIRED</client-authentication-mode>
              <protocols><protocol>TLSv1.3</protocol><protocol>TLSv1.2</protocol></protocols>
            </tls>
          </tls-tcp-listener></listeners>
          <mqtt>
            <queued-messages><max-queue-size>1000</max-queue-size>
              <strategy>discard-oldest</strategy></queued-messages>
            <packets><max-packet-size>3145728</max-packet-size></packets>
            <quality-of-service><max-qos>1</max-qos></quality-of-service>
          </mqtt>
          <security><allow-empty-client-id><enabled>false</enabled></allow-empty-client-id></security>
          <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
        </hivemq>
        """,
        settings.port(),
        text(settings.host()),
        text(config().resolve("broker.p12").toString()),
        password,
        password,
        text(config().resolve("clients.p12").toString()),
        password);
  }

  private String logbackXml() {
    return String.format(
        Locale.ROOT,
        """
        <configuration scan="false">
          <appender name="FILE" class="ch.qos.logback.core.rolling.RollingFileAppender">
            <file>%1$s</file>
            <rollingPolicy class="ch.qos.logback.core.rolling.FixedWindowRollingPolicy">
              <fileNamePattern>%1$s.%%i</fileNamePattern><minIndex>1</minIndex><maxIndex>2</maxIndex>
            </rollingPolicy>
            <triggeringPolicy class="ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy">
              <maxFileSize>5MB</maxFileSize>
            </triggeringPolicy>
            <encoder><pattern>%%d %%-5level %%msg%%n%%ex</pattern></encoder>
          </appender>
          <logger name="jetbrains.exodus" level="WARN"/>
          <logger name="oshi" level="ERROR"/>
          <root level="INFO"><appender-ref ref="FILE"/></root>
        </configuration>
        """,
        text(log().toString()));
  }

  private static String text(String raw) {
    return raw.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static void folder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
  }

  private static void secret(Path file, String content) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, content);
  }
}
