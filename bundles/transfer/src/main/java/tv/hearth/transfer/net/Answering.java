package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;

/** One request being answered. All calls come on the connection's event loop. */
interface Answering {
  /** Begins; the request was admitted. */
  void start();

  /** A part of the body, whose reference is taken over; empty at the end. */
  void body(ByteBuf content, boolean last);

  /** Frees what is held; the answer ended or the connection is gone. */
  void close();
}
