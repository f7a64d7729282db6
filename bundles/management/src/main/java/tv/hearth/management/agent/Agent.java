package tv.hearth.management.agent;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.management.model.DataModel;
import tv.hearth.usp.message.Add;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Delete;
import tv.hearth.usp.message.Get;
import tv.hearth.usp.message.GetInstances;
import tv.hearth.usp.message.GetSupportedDm;
import tv.hearth.usp.message.GetSupportedProtocol;
import tv.hearth.usp.message.GetSupportedProtocolResp;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.Set;
import tv.hearth.usp.message.UspError;

/**
 * Answers a controller's messages. One thread at a time: the order of requests is the order of what
 * they do.
 */
public final class Agent {
  /** Versions of USP that are spoken here. */
  public static final String VERSIONS = "1.0,1.1,1.2,1.3";

  private static final System.Logger LOG = System.getLogger(Agent.class.getName());

  private final Reading reading;
  private final Supported supported;
  private final Writing writing;
  private final Operating operating;
  private final Function<String, Trust> trust;
  private final BiConsumer<String, NotifyResp> received;

  /**
   * Over what it is given.
   *
   * @param trust what a controller, by its endpoint id, may do
   * @param received takes a controller's word that it has a notification, with the message's id
   */
  public Agent(
      DataModel model,
      Requests requests,
      Function<String, Trust> trust,
      BiConsumer<String, NotifyResp> received) {
    this.reading = new Reading(model);
    this.supported = new Supported(model);
    this.writing = new Writing(model);
    this.operating = new Operating(model, requests);
    this.trust = trust;
    this.received = received;
  }

  /** The answer to a message, or none where it asks for none. */
  public Optional<Msg> handle(String controller, Msg message) {
    try {
      return answer(controller, message.id(), message.body())
          .map(body -> new Msg(message.id(), body));
    } catch (ModelException e) {
      return error(message.id(), e.code(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a request of " + message.body().type() + " failed", e);
      return error(message.id(), Codes.INTERNAL, "it failed here: see the box's log");
    }
  }

  private static Optional<Msg> error(String id, int code, String message) {
    return Optional.of(new Msg(id, new UspError(code, message, List.of())));
  }

  private Optional<Body> answer(String controller, String id, Body body) throws ModelException {
    Trust given = trust.apply(controller);
    if (body instanceof NotifyResp response) {
      if (given != Trust.NONE) {
        received.accept(id, response);
      }
      return Optional.empty();
    }
    if (body instanceof UspError) {
      return Optional.empty();
    }
    if (body instanceof GetSupportedProtocol) {
      return Optional.of(new GetSupportedProtocolResp(VERSIONS));
    }
    if (given == Trust.NONE) {
      throw new ModelException(Codes.PERMISSION, "this box does not know that controller");
    }
    if (body instanceof Get get) {
      return Optional.of(reading.get(get));
    }
    if (body instanceof GetInstances instances) {
      return Optional.of(reading.instances(instances));
    }
    if (body instanceof GetSupportedDm request) {
      return Optional.of(supported.answer(request));
    }
    if (body instanceof Operate operate) {
      need(given, Trust.FULL);
      Body response = operating.operate(controller, operate);
      return operate.sendResponse() ? Optional.of(response) : Optional.empty();
    }
    if (body instanceof Add || body instanceof Set || body instanceof Delete) {
      need(given, Trust.FULL);
      return Optional.of(
          body instanceof Add add
              ? writing.add(add)
              : body instanceof Set set ? writing.set(set) : writing.delete((Delete) body));
    }
    throw new ModelException(Codes.NOT_SUPPORTED, "an agent is not asked for " + body.type());
  }

  private static void need(Trust given, Trust least) throws ModelException {
    if (given.compareTo(least) < 0) {
      throw new ModelException(Codes.PERMISSION, "that controller may only read");
    }
  }
}
