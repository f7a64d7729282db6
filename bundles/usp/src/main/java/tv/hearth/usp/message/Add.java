package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** Creates objects: all or none, or partially. */
public record Add(boolean allowPartial, List<CreateObject> objects) implements Body {
  /** Copies the collections. */
  public Add {
    objects = List.copyOf(objects);
  }

  static Add read(WireReader in) throws WireException {
    boolean allowPartial = false;
    List<CreateObject> objects = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> allowPartial = in.truth();
        case 2 -> objects.add(CreateObject.read(in.message()));
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new Add(allowPartial, objects);
  }

  @Override
  public MsgType type() {
    return MsgType.ADD;
  }

  @Override
  public void write(WireWriter out) {
    out.truth(1, allowPartial);
    out.messages(2, objects, CreateObject::write);
  }

  /** One object to create beneath a multi-instance path. */
  public record CreateObject(String path, List<Setting> settings) {
    /** Copies the collections. */
    public CreateObject {
      settings = List.copyOf(settings);
    }

    static CreateObject read(WireReader in) throws WireException {
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
      return new CreateObject(path, settings);
    }

    void write(WireWriter out) {
      out.text(1, path);
      out.messages(2, settings, Setting::write);
    }
  }
}
