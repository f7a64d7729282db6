package tv.hearth.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectStore;

/** Decides what to answer; blocks on the object store. Thread-safe. */
final class Reception {
  private static final String JSON = "application/json";
  private static final String AFTER = "after=";

  private final ServiceGate<ObjectStore> store;

  Reception(ServiceGate<ObjectStore> store) {
    this.store = store;
  }

  /** Never throws: problems are answers. */
  Answer answer(String uri, HttpHeaders headers) {
    try {
      Target target = Target.parse(uri);
      if (target.ref() == null) {
        List<ObjectInfo> page = store.call(s -> s.list(target.shelf(), after(uri)));
        return Answer.text(HttpResponseStatus.OK, JSON, Listing.shelf(target.shelf(), page));
      }
      ObjectInfo info = store.call(s -> s.stat(whole(target)));
      if (target.listing() || info.isFolder() && target.ref().path().isEmpty()) {
        return Answer.text(HttpResponseStatus.OK, JSON, Listing.folder(info));
      }
      return item(Item.of(info, target.ref()), headers);
    } catch (ObjectFailure e) {
      return Answer.problem(status(e.problem()), e.getMessage());
    } catch (ServiceMissingException e) {
      return Answer.problem(HttpResponseStatus.SERVICE_UNAVAILABLE, e.getMessage());
    } catch (IllegalArgumentException e) {
      return Answer.problem(HttpResponseStatus.BAD_REQUEST, e.getMessage());
    }
  }

  private static tv.hearth.vendor.objects.ObjectRef whole(Target target) {
    return tv.hearth.vendor.objects.ObjectRef.of(target.shelf(), target.ref().name());
  }

  private static Answer item(Item item, HttpHeaders headers) {
    String known = headers.get(HttpHeaderNames.IF_NONE_MATCH);
    if (known != null && (known.trim().equals("*") || known.contains(item.tag()))) {
      return Answer.bytes(HttpResponseStatus.NOT_MODIFIED, item, new ByteRange(0, 0), "");
    }
    String asked = headers.get(HttpHeaderNames.RANGE);
    String ifRange = headers.get(HttpHeaderNames.IF_RANGE);
    if (asked == null || ifRange != null && !ifRange.trim().equals(item.tag())) {
      return Answer.bytes(HttpResponseStatus.OK, item, ByteRange.all(item.length()), "");
    }
    return ByteRange.parse(asked, item.length())
        .map(range -> part(item, range))
        .orElseGet(() -> beyond(item));
  }

  private static Answer part(Item item, ByteRange range) {
    if (item.length() == 0) {
      return Answer.bytes(HttpResponseStatus.OK, item, range, "");
    }
    return Answer.bytes(
        HttpResponseStatus.PARTIAL_CONTENT, item, range, range.contentRange(item.length()));
  }

  private static Answer beyond(Item item) {
    return new Answer(
        HttpResponseStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
        "text/plain; charset=utf-8",
        item.ref().name() + " has " + item.length() + " bytes: ask for a range inside\n",
        null,
        null,
        "bytes */" + item.length());
  }

  private static String after(String uri) {
    int at = uri.indexOf(AFTER);
    return at < 0
        ? ""
        : URLDecoder.decode(uri.substring(at + AFTER.length()), StandardCharsets.UTF_8);
  }

  static HttpResponseStatus status(ObjectFailure.Problem problem) {
    switch (problem) {
      case NOT_FOUND:
        return HttpResponseStatus.NOT_FOUND;
      case NOT_ALLOWED:
        return HttpResponseStatus.FORBIDDEN;
      case BAD_REQUEST:
        return HttpResponseStatus.BAD_REQUEST;
      default:
        return HttpResponseStatus.SERVICE_UNAVAILABLE;
    }
  }
}
