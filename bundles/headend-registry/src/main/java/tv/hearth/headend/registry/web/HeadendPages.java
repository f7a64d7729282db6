package tv.hearth.headend.registry.web;

import java.io.IOException;
import java.security.cert.X509Certificate;
import tv.hearth.headend.registry.enrol.Enrolment;
import tv.hearth.headend.registry.enrol.RefusedException;
import tv.hearth.headend.registry.enrol.RefusedException.Problem;
import tv.hearth.headend.registry.operator.Credentials;

/** All pages of the listener: enrolment and releases for nodes, the fleet for the operator. */
public final class HeadendPages implements Pages {
  private static final String CBOR = "application/cbor";
  private final Enrolment enrolment;
  private final FleetPages fleet;
  private final OtherPages others;
  private final RepositoryPages repository;
  private final X509Certificate operational;
  private final String neighbourhood;

  /** Of these parts. */
  public HeadendPages(
      Enrolment enrolment,
      FleetPages fleet,
      OtherPages others,
      RepositoryPages repository,
      Credentials credentials) {
    this.others = others;
    this.repository = repository;
    this.enrolment = enrolment;
    this.fleet = fleet;
    this.operational = credentials.operational().certificate();
    this.neighbourhood = credentials.neighbourhood();
  }

  @Override
  public Response answer(Request request) throws RefusedException, IOException {
    switch (request.method() + " " + request.path()) {
      case "POST /v1/enrol":
        return Response.ok(CBOR, enrolment.enrol(request.body()));
      case "POST /v1/renew":
        return Response.ok(CBOR, enrolment.renew(request.body(), request.peer()));
      default:
        if (request.path().startsWith(RepositoryPages.PATH)) {
          return repository.answer(request);
        }
        if (!request.path().startsWith("/v1/fleet")) {
          throw new RefusedException(Problem.NOT_FOUND, "no page " + request.path());
        }
        if (!isOperator(request)) {
          throw new RefusedException(
              Problem.NOT_ALLOWED, "the fleet's pages want the operator's client certificate");
        }
        return others.answers(request) ? others.answer(request) : fleet.answer(request);
    }
  }

  @Override
  public void sent(long bytes) {
    repository.count(bytes);
  }

  private boolean isOperator(Request request) {
    return request.peer().filter(p -> p.isOperator(operational, neighbourhood)).isPresent();
  }
}
