package tv.hearth.gateway.http;

import java.util.Optional;
import java.util.Set;
import tv.hearth.vendor.objects.Shelf;

/**
 * What is decided before the store is asked: whether the request is one, for here, and allowed.
 * Thread-safe.
 */
public final class Door {
  /** The methods of every resource. */
  static final String ALLOW = "GET, HEAD, OPTIONS";

  private static final Set<String> ELSEWHERE =
      Set.of("POST", "PUT", "DELETE", "PATCH", "CONNECT", "TRACE");
  private static final String SCHEME = "http://";

  private final Origins origins;
  private final boolean lanReadsHousehold;

  /**
   * With the rules of the house.
   *
   * @param lanReadsHousehold whether other devices than the box may read {@code /object/}
   */
  public Door(Origins origins, boolean lanReadsHousehold) {
    this.origins = origins;
    this.lanReadsHousehold = lanReadsHousehold;
  }

  /** An outcome: an answer at once, or a target to ask the store for. */
  public record Decision(Answer answer, Target target) {
    static Decision now(Answer answer) {
      return new Decision(answer, null);
    }
  }

  /** Decides; never throws. */
  public Decision decide(Request request) {
    Optional<Authority> asked = asked(request);
    if (asked.isEmpty()) {
      return problem(400, "a request names one host, as an address or a name, with a port or none");
    }
    if (!origins.mayBeAsked(asked.get())) {
      return problem(421, "ask this box by its address, or by a name in tv.hearth.gateway's names");
    }
    Optional<String> origin = request.fields().joined("Origin");
    if (origin.isPresent() && !origins.mayRead(origin.get(), asked.get())) {
      return problem(403, "pages of that origin may not read: see origins of tv.hearth.gateway");
    }
    Decision decision = method(request);
    return origin.isPresent() && decision.answer() != null
        ? Decision.now(decision.answer().with(Origins.readable(origin.get())))
        : decision;
  }

  /** What every answer to that request carries besides; only for one that was let in. */
  public Answer dress(Request request, Answer answer) {
    Answer dressed =
        request
            .fields()
            .joined("Origin")
            .map(origin -> answer.with(Origins.readable(origin)))
            .orElse(answer);
    boolean embeds =
        request.fields().only("Referer").flatMap(Origins::ofPage).stream()
            .anyMatch(page -> asked(request).filter(at -> origins.mayRead(page, at)).isPresent());
    return embeds ? dressed.with(Origins.EMBEDDING, "cross-origin") : dressed;
  }

  private Decision method(Request request) {
    if (ELSEWHERE.contains(request.method())) {
      return Decision.now(
          Answer.problem(405, "this gateway is read with GET or HEAD").with("Allow", ALLOW));
    }
    if (!request.isGet() && !request.isHead() && !request.method().equals("OPTIONS")) {
      return problem(501, "no such method here: GET, HEAD or OPTIONS");
    }
    Optional<String> expect = request.fields().joined("Expect");
    if (expect.isPresent() && !expect.get().equalsIgnoreCase("100-continue")) {
      return problem(417, "nothing but 100-continue can be expected");
    }
    return request.method().equals("OPTIONS") ? options(request) : target(request);
  }

  private static Decision options(Request request) {
    Answer answer = Answer.empty(204).with("Allow", ALLOW);
    boolean preflight = request.fields().has("Access-Control-Request-Method");
    return Decision.now(preflight ? answer.with(Origins.preflight(request.fields())) : answer);
  }

  private Decision target(Request request) {
    Optional<Target> target;
    try {
      target = Target.parse(path(request.uri()));
    } catch (IllegalArgumentException e) {
      return problem(400, e.getMessage());
    }
    if (target.isEmpty()) {
      return problem(
          404, "nothing here: films are under /film/, the household's own under /object/");
    }
    if (target.get().shelf() == Shelf.HOUSEHOLD && !request.local() && !lanReadsHousehold) {
      return problem(
          403,
          "devices at home may read films; /object/ only where lan of tv.hearth.gateway is all");
    }
    return new Decision(null, target.get());
  }

  /** The target's own authority where it has one, else the Host field (RFC 9112 §3.2). */
  private static Optional<Authority> asked(Request request) {
    boolean none = !request.fields().has("Host");
    Optional<Authority> host = request.fields().only("Host").flatMap(Authority::parse);
    if (none ? request.minor() > 0 : host.isEmpty()) {
      return Optional.empty();
    }
    if (isAbsolute(request.uri())) {
      String rest = request.uri().substring(SCHEME.length());
      return Authority.parse(rest.split("[/?#]", 2)[0]);
    }
    return none ? Authority.parse("localhost") : host;
  }

  private static String path(String uri) {
    if (!isAbsolute(uri)) {
      return uri;
    }
    int slash = uri.indexOf('/', SCHEME.length());
    return slash < 0 ? "/" : uri.substring(slash);
  }

  private static boolean isAbsolute(String uri) {
    return uri.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
  }

  private static Decision problem(int status, String message) {
    return Decision.now(Answer.problem(status, message));
  }
}
