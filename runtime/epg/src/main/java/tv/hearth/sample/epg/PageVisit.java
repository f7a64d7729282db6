package tv.hearth.sample.epg;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** One connection: a head comes in, an answer goes out, as far as the other end lets them. */
final class PageVisit implements AutoCloseable {
  private static final int LONGEST_HEAD = 8192;
  private static final int REQUEST_TOO_LARGE = 431;
  private static final String END = "\r\n\r\n";

  private final SocketChannel channel;
  private final PageDesk desk;
  private final ByteBuffer head = ByteBuffer.allocate(LONGEST_HEAD);
  private ByteBuffer answer;
  private boolean said;

  PageVisit(SocketChannel channel, PageDesk desk) {
    this.channel = channel;
    this.desk = desk;
  }

  /** Reads what is there; true once there is an answer to write. */
  boolean read() throws IOException {
    if (said) {
      return drain();
    }
    if (channel.read(head) < 0) {
      throw new IOException("closed before its request was whole");
    }
    String text = new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END);
    if (end < 0 && head.hasRemaining()) {
      return false;
    }
    PageAnswer made =
        end < 0
            ? PageAnswer.bare(REQUEST_TOO_LARGE)
            : desk.answer(PageRequest.parse(text.substring(0, end)));
    answer = ByteBuffer.wrap(made.bytes());
    return true;
  }

  /** Writes what gets out; true once all did, and the end is told. */
  boolean write() throws IOException {
    channel.write(answer);
    if (!answer.hasRemaining()) {
      said = true;
      channel.shutdownOutput();
    }
    return said;
  }

  /** Read over until the other end closes: closed with bytes unread, it may lose the answer. */
  private boolean drain() throws IOException {
    head.clear();
    if (channel.read(head) < 0) {
      throw new IOException("the visit is over");
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
