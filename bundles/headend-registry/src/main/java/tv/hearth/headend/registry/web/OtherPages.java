package tv.hearth.headend.registry.web;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;

/** The operator's pages that other bundles of the headend have. Thread-safe. */
public final class OtherPages {
  private final Map<String, OperatorPages> pages = new ConcurrentHashMap<>();

  /** Pages came; others at the same path go. */
  public void add(String path, OperatorPages service) {
    pages.put(path, service);
  }

  /** Pages are gone; no effect where others took their place. */
  public void remove(String path, OperatorPages service) {
    pages.remove(path, service);
  }

  boolean answers(Request request) {
    return find(request).isPresent();
  }

  Response answer(Request request) throws RefusedException {
    OperatorPages service =
        find(request)
            .orElseThrow(
                () -> new RefusedException(Problem.NOT_FOUND, "no page " + request.path()));
    OperatorPages.Answer answer = service.answer(request.method(), request.path(), request.body());
    return answer.problem().isEmpty()
        ? Response.ok("application/json", answer.body().getBytes(StandardCharsets.UTF_8))
        : Response.problem(answer.status(), answer.problem(), answer.body());
  }

  private Optional<OperatorPages> find(Request request) {
    return pages.entrySet().stream()
        .filter(e -> (request.path() + "/").startsWith(e.getKey() + "/"))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
