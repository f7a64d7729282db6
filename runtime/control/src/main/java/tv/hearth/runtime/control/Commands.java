package tv.hearth.runtime.control;

import java.util.List;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.json.JsonWriter;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectInfo;
import tv.hearth.vendor.objects.ObjectStore;

/** What can be commanded of the object store. */
final class Commands {
  private final ServiceGate<ObjectStore> store;

  Commands(ServiceGate<ObjectStore> store) {
    this.store = store;
  }

  String list(Query query) throws ObjectFailure {
    JsonWriter json = new JsonWriter().array();
    String after = "";
    List<ObjectInfo> page;
    do {
      String from = after;
      page = store.call(s -> s.list(query.shelf(), from));
      for (ObjectInfo info : page) {
        Views.object(json, info);
        after = info.ref().name();
      }
    } while (page.size() == 1000);
    return json.end().toString();
  }

  String survey(Query query) throws ObjectFailure {
    return Views.survival(new JsonWriter(), store.call(s -> s.survey(query.ref()))).toString();
  }

  String delete(Query query) throws ObjectFailure {
    store.get().delete(query.ref());
    return new JsonWriter().object().name("deleted").value(query.need("name")).end().toString();
  }

  String sources() {
    JsonWriter json = new JsonWriter().object();
    store.get().sources().forEach((box, bytes) -> json.name(box).value(bytes));
    return json.end().toString();
  }
}
