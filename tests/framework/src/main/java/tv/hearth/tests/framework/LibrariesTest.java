package tv.hearth.tests.framework;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.Ed25519KeyPairGenerator;
import org.bouncycastle.crypto.generators.MLDSAKeyPairGenerator;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519KeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAKeyGenerationParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trimmed library bundles still do, inside a framework, what they are there for. */
class LibrariesTest {
  /** As it is called in the bundle; a copy in a temporary folder has a longer name. */
  private static final String NATIVE = "libsqlitejdbc.so";

  @Test
  void sqliteLoadsItsNativeCodeWithoutATemporaryFile(@TempDir Path folder) throws Exception {
    String url = "jdbc:sqlite:" + folder.resolve("test.db");
    try (Connection connection = new org.sqlite.JDBC().connect(url, new Properties());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("CREATE TABLE piece(id INTEGER PRIMARY KEY, hash BLOB)");
      statement.execute("INSERT INTO piece VALUES (7, x'c0ffee')");
      try (ResultSet rows = statement.executeQuery("SELECT hash FROM piece WHERE id = 7")) {
        assertTrue(rows.next());
        assertArrayEquals(new byte[] {(byte) 0xc0, (byte) 0xff, (byte) 0xee}, rows.getBytes(1));
      }
    }
    assertEquals(Set.of(NATIVE), mappedNatives(), "the driver copied its library elsewhere");
  }

  @Test
  void bouncyCastleEncodesClassicAndPostQuantumKeys() throws IOException {
    SecureRandom random = new SecureRandom();
    Ed25519KeyPairGenerator classic = new Ed25519KeyPairGenerator();
    classic.init(new Ed25519KeyGenerationParameters(random));
    MLDSAKeyPairGenerator quantum = new MLDSAKeyPairGenerator();
    quantum.init(new MLDSAKeyGenerationParameters(random, MLDSAParameters.ml_dsa_65));
    for (AsymmetricCipherKeyPair pair :
        List.of(classic.generateKeyPair(), quantum.generateKeyPair())) {
      AsymmetricKeyParameter key = pair.getPublic();
      byte[] encoded = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(key).getEncoded();
      assertInstanceOf(key.getClass(), PublicKeyFactory.createKey(encoded));
    }
  }

  @Test
  void nettyServesOnTheJdksSocketsAndTls() throws Exception {
    SslContextBuilder.forClient().sslProvider(SslProvider.JDK).protocols("TLSv1.3").build();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      Channel server =
          new ServerBootstrap()
              .group(group)
              .channel(NioServerSocketChannel.class)
              .childHandler(new ChannelInboundHandlerAdapter())
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      Bootstrap client = new Bootstrap().group(group).channel(NioSocketChannel.class);
      Channel channel =
          client
              .handler(new ChannelInboundHandlerAdapter())
              .connect(server.localAddress())
              .sync()
              .channel();
      assertTrue(channel.isActive());
    } finally {
      group.shutdownGracefully().sync();
    }
  }

  @Test
  void pahoFindsItsTransports() throws Exception {
    String nobody = "tcp://127.0.0.1:" + freePort();
    MqttClient client = new MqttClient(nobody, "test", new MemoryPersistence());
    try {
      MqttException refused = assertThrows(MqttException.class, client::connect);
      assertInstanceOf(ConnectException.class, refused.getCause(), refused::toString);
    } finally {
      client.close();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Set<String> mappedNatives() throws IOException {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings
          .filter(line -> line.endsWith(NATIVE))
          .map(line -> line.substring(line.lastIndexOf('/') + 1))
          .collect(Collectors.toSet());
    }
  }
}
