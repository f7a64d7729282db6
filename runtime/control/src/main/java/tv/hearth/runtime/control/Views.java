package tv.hearth.runtime.control;

import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.ObjectInfo;

/** Values as JSON. */
final class Views {
  private Views() {}

  static JsonWriter object(JsonWriter json, ObjectInfo info) {
    json.object()
        .name("name")
        .value(info.ref().name())
        .name("shelf")
        .value(info.ref().shelf().name().toLowerCase(java.util.Locale.ROOT))
        .name("class")
        .value(info.durability().label())
        .name("length")
        .value(info.length())
        .name("type")
        .value(info.contentType())
        .name("files")
        .value(info.files().size())
        .name("siblings")
        .value(info.siblings())
        .name("stored")
        .value(info.stored().toString());
    return survival(json.name("survives"), info.survival()).end();
  }

  static JsonWriter survival(JsonWriter json, ObjectInfo.Survival survival) {
    return json.object()
        .name("k")
        .value(survival.k())
        .name("n")
        .value(survival.n())
        .name("losses")
        .value(survival.losses())
        .name("reachable")
        .value(survival.reachable())
        .end();
  }

  /** What the box runs, and its remembered operations, oldest first. */
  static String update(UpdateAgent agent) {
    Release installed = agent.installed();
    JsonWriter json =
        new JsonWriter()
            .object()
            .name("release")
            .value(installed.target())
            .name("counter")
            .value(installed.counter())
            .name("operations")
            .array();
    for (Operation operation : agent.operations()) {
      json.object()
          .name("target")
          .value(operation.target())
          .name("phase")
          .value(operation.phase().name())
          .name("failure")
          .value(operation.failure().map(Enum::name).orElse(""))
          .name("reason")
          .value(operation.reason())
          .name("originBytes")
          .value(operation.originBytes())
          .name("neighbourBytes")
          .value(operation.neighbourBytes())
          .name("gapMillis")
          .object();
      operation.gapMillis().forEach((bundle, gap) -> json.name(bundle).value(gap));
      json.end().end();
    }
    return json.end().end().toString();
  }
}
