package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Changes parameters: all or none, or partially. */
public record Set(boolean allowPartial, List<UpdateObject> objects) implements Body {
  /** Copies the collections. */
  public Set {
    objects = List.copyOf(objects);
  }

  static Set read(WireReader in) throws WireException {
    boolean allowPartial = false;
    List<UpdateObject> objects = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> allowPartial = in.truth();
        case 2 -> objects.add(UpdateObject.read(in.message()));
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new Set(allowPartial, objects);
  }

  @Override
  public MsgType type() {
    return MsgType.SET;
  }

  @Override
  public void write(WireWriter out) {
    out.truth(1, allowPartial);
    out.messages(2, objects, UpdateObject::write);
  }

  /** One path, which may be several objects, and its new values. */
  public record UpdateObject(String path, List<Setting> settings) {
    /** Copies the collections. */
    public UpdateObject {
      settings = List.copyOf(settings);
    }

    static UpdateObject read(WireReader in) throws WireException {
      String path = "";
      List<Setting> settings = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> path = in.text();
          case 2 -> settings.add(Setting.read(in.message()));
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new UpdateObject(path, settings);
    }

    void write(WireWriter out) {
      out.text(1, path);
      out.messages(2, settings, Setting::write);
    }
  }
}
