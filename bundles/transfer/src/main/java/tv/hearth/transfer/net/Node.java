package tv.hearth.transfer.net;

import java.time.Clock;
import tv.hearth.transfer.serve.DeletionDesk;
import tv.hearth.transfer.serve.EndpointDesk;
import tv.hearth.transfer.serve.PayloadDesk;
import tv.hearth.transfer.serve.PieceDesk;
import tv.hearth.transfer.serve.RecordDesk;
import tv.hearth.transfer.serve.Services;

/** What the listener's and the callers' parts share. */
public record Node(
    Engine engine,
    Services services,
    Shaping shaping,
    Meters meters,
    Settings settings,
    Clock clock,
    Desks desks) {

  /** Who answers requests. */
  public record Desks(
      PieceDesk pieces,
      RecordDesk records,
      DeletionDesk deletions,
      EndpointDesk endpoints,
      PayloadDesk payloads) {}
}
