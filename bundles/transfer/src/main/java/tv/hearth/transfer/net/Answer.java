package tv.hearth.transfer.net;

import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.transfer.core.Wire;

/** What a neighbour answered, whole. */
record Answer(Call call, int status, HttpHeaders headers, byte[] body) {
  /** Most bytes of an answer that is a line of text, a receipt, or an error. */
  static final int MOST_TEXT = 4096;

  /** Throws what an error status means; this otherwise. */
  Answer orThrow() throws TransferException {
    if (status / 100 == 2) {
      return this;
    }
    String reason = new String(body, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ").trim();
    throw new TransferException(problem(), call + ": " + status + " " + reason);
  }

  /** What an error status means. */
  Problem problem() {
    return Wire.problem(status, headers.get(Wire.PROBLEM));
  }

  /** A number as text. */
  long number() throws TransferException {
    try {
      return Long.parseLong(new String(body, StandardCharsets.US_ASCII).trim());
    } catch (NumberFormatException e) {
      throw nonsense("no number in the answer");
    }
  }

  TransferException nonsense(String what) {
    return new TransferException(Problem.PROTOCOL, call + ": " + what);
  }
}
