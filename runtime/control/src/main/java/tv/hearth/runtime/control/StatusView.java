package tv.hearth.runtime.control;

import java.util.Optional;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.LocalEndpoints;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.gateway.GatewayAddress;

/** A node's state as JSON, from the services that are there at the moment. */
final class StatusView {
  private final Services services;

  StatusView(Services services) {
    this.services = services;
  }

  String json() {
    JsonWriter json = new JsonWriter().object();
    services.identity.now().ifPresent(i -> identity(json, i));
    services.neighbourhood.now().ifPresent(n -> neighbourhood(json, n));
    json.name("broker").value(services.bus.now().map(MessageBus::connected).orElse(false));
    json.name("reads")
        .value(services.keyring.now().map(k -> k.canRead(Space.CATALOGUE)).orElse(false));
    json.name("gateway")
        .value(services.gateway.now().map(GatewayAddress::base).map(Object::toString).orElse(null));
    json.name("endpoints").array();
    for (LocalEndpoints local : services.endpoints) {
      for (Endpoint endpoint : local.endpoints()) {
        json.value(endpoint.toString());
      }
    }
    json.end();
    services.pieces.now().ifPresent(p -> pieces(json, p));
    health(json);
    memory(json);
    return json.end().toString();
  }

  private static void identity(JsonWriter json, Identity identity) {
    json.name("box").value(identity.box().text()).name("enrolled").value(identity.enrolled());
  }

  private static void neighbourhood(JsonWriter json, Neighbourhood neighbourhood) {
    Optional<BoxMap> map = neighbourhood.map();
    json.name("neighbourhood").value(neighbourhood.name().orElse(null));
    json.name("map").value(map.map(BoxMap::version).orElse(0L));
    json.name("members")
        .value(map.map(m -> m.boxes().stream().filter(b -> b.isMember()).count()).orElse(0L));
  }

  private static void pieces(JsonWriter json, PieceStore store) {
    try {
      PieceStore.Usage usage = store.usage();
      json.name("pieces").value(usage.pieces()).name("pieceBytes").value(usage.used());
    } catch (StoreException e) {
      json.name("pieces").value(-1).name("storeProblem").value(e.getMessage());
    }
  }

  private void health(JsonWriter json) {
    json.name("health").array();
    for (HealthProbe probe : services.probes) {
      HealthProbe.Health health = probe.check();
      if (health.state() != HealthProbe.State.OK) {
        json.value(health.state() + ": " + health.reason());
      }
    }
    json.end();
  }

  private static void memory(JsonWriter json) {
    Runtime runtime = Runtime.getRuntime();
    json.name("heap").value(runtime.totalMemory() - runtime.freeMemory());
    json.name("heapMax").value(runtime.maxMemory());
    json.name("pid").value(ProcessHandle.current().pid());
  }
}
