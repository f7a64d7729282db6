package tv.hearth.gateway.http;

import java.time.Instant;

/** How stored bytes are answered: whole, in part, or not as the client has them already. */
final class Representation {
  private Representation() {}

  static Answer answer(Request request, Item item, Instant now) {
    Instant modified = item.stored().isAfter(now) ? now : item.stored();
    Conditions conditions = new Conditions(request, item.tag(), item.stored(), now);
    int status = conditions.status();
    Answer answer = status == 0 ? selected(request, conditions, item) : Desk.unmet(status);
    if (answer.status() == 412 || answer.status() == 416) {
      return answer.with("Cache-Control", "no-store");
    }
    answer =
        answer
            .with("Accept-Ranges", "bytes")
            .with("ETag", item.tag())
            .with("Last-Modified", HttpDate.format(modified))
            .with("Cache-Control", "private, no-cache");
    return MediaTypes.isActive(item.contentType())
        ? answer.with("Content-Security-Policy", "sandbox")
        : answer;
  }

  private static Answer selected(Request request, Conditions conditions, Item item) {
    if (!conditions.rangeApplies()) {
      return whole(item);
    }
    RangeField.Selection selection =
        RangeField.select(request.fields().all("Range"), item.length());
    return switch (selection.kind()) {
      case WHOLE -> whole(item);
      case PART ->
          Answer.stored(206, item, selection.range())
              .with("Content-Range", selection.range().contentRange(item.length()));
      case UNSATISFIABLE ->
          Answer.problem(416, "it has " + item.length() + " bytes: ask for a range inside")
              .with("Content-Range", "bytes */" + item.length());
    };
  }

  private static Answer whole(Item item) {
    return Answer.stored(200, item, ByteRange.all(item.length()));
  }
}
