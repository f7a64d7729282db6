package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** What became of a command, or of several where its path stands for several objects. */
public record OperateResp(List<Result> results) implements Body {
  /** Copies the list. */
  public OperateResp {
    results = List.copyOf(results);
  }

  /**
   * One command.
   *
   * @param request path of the Request object of an asynchronous one, else empty
   * @param outcome of a synchronous one; where the request is not empty, it is not looked at
   */
  public record Result(String command, String request, Outcome outcome) {
    private static Result read(WireReader in) throws WireException {
      String command = "";
      String request = "";
      Outcome outcome = Outcome.NOTHING;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> command = in.text();
          case 2 -> request = in.text();
          case 3 -> outcome = Outcome.readOutputs(in.message());
          case 4 -> outcome = Outcome.readFailure(in.message());
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new Result(command, request, outcome);
    }

    private void write(WireWriter out) {
      out.text(1, command);
      if (!request.isEmpty()) {
        out.text(2, request);
      } else {
        outcome.write(out, 3, 4);
      }
    }
  }

  static OperateResp read(WireReader in) throws WireException {
    List<Result> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        results.add(Result.read(in.message()));
      }
    }
    return new OperateResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.OPERATE_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, Result::write);
  }
}
