package tv.hearth.transfer.net;

import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Sockets of the family of their address. The JDK's usual ones are of IPv6 and carry IPv4 mapped
 * into it; then the mark of lower effort is set on the wrong header and IPv4 packets go unmarked.
 */
final class Sockets {
  private static final ProtocolFamily INET = StandardProtocolFamily.INET;

  private Sockets() {}

  static NioSocketChannel to(InetAddress address) {
    try {
      return new NioSocketChannel(
          address instanceof Inet4Address ? SocketChannel.open(INET) : SocketChannel.open());
    } catch (IOException e) {
      throw new ChannelException("can't open a socket", e);
    }
  }

  static NioServerSocketChannel at(InetAddress address) {
    try {
      return new NioServerSocketChannel(
          address instanceof Inet4Address
              ? ServerSocketChannel.open(INET)
              : ServerSocketChannel.open());
    } catch (IOException e) {
      throw new ChannelException("can't open a socket", e);
    }
  }
}
