package tv.hearth.usp.message;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/** What could be there, by requested path. */
public record GetSupportedDmResp(List<PathResult> results) implements Body {
  /** Copies the collections. */
  public GetSupportedDmResp {
    results = List.copyOf(results);
  }

  static GetSupportedDmResp read(WireReader in) throws WireException {
    List<PathResult> results = new ArrayList<>();
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> results.add(PathResult.read(in.message()));
        default -> {
          // Of a later version: skipped.
        }
      }
    }
    return new GetSupportedDmResp(results);
  }

  @Override
  public MsgType type() {
    return MsgType.GET_SUPPORTED_DM_RESP;
  }

  @Override
  public void write(WireWriter out) {
    out.messages(1, results, PathResult::write);
  }

  /** One requested path; code 0 where it was good. */
  public record PathResult(
      String requestedPath,
      int code,
      String message,
      String dataModel,
      List<SupportedObject> objects) {
    /** Copies the collections. */
    public PathResult {
      objects = List.copyOf(objects);
    }

    static PathResult read(WireReader in) throws WireException {
      String requestedPath = "";
      int code = 0;
      String message = "";
      String dataModel = "";
      List<SupportedObject> objects = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> requestedPath = in.text();
          case 2 -> code = in.fixed32();
          case 3 -> message = in.text();
          case 4 -> dataModel = in.text();
          case 5 -> objects.add(SupportedObject.read(in.message()));
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new PathResult(requestedPath, code, message, dataModel, objects);
    }

    void write(WireWriter out) {
      out.text(1, requestedPath);
      out.fixed32(2, code);
      out.text(3, message);
      out.text(4, dataModel);
      out.messages(5, objects, SupportedObject::write);
    }
  }

  /** An object; access 0 read only, 1 add and delete, 2 add, 3 delete. */
  public record SupportedObject(
      String path,
      int access,
      boolean multiInstance,
      List<Command> commands,
      List<Event> events,
      List<Param> params,
      List<String> divergentPaths,
      List<UniqueKeySet> uniqueKeySets) {
    /** Copies the collections. */
    public SupportedObject {
      commands = List.copyOf(commands);
      events = List.copyOf(events);
      params = List.copyOf(params);
      divergentPaths = List.copyOf(divergentPaths);
      uniqueKeySets = List.copyOf(uniqueKeySets);
    }

    static SupportedObject read(WireReader in) throws WireException {
      String path = "";
      int access = 0;
      boolean multiInstance = false;
      List<Command> commands = new ArrayList<>();
      List<Event> events = new ArrayList<>();
      List<Param> params = new ArrayList<>();
      List<String> divergentPaths = new ArrayList<>();
      List<UniqueKeySet> uniqueKeySets = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> path = in.text();
          case 2 -> access = (int) in.number();
          case 3 -> multiInstance = in.truth();
          case 4 -> commands.add(Command.read(in.message()));
          case 5 -> events.add(Event.read(in.message()));
          case 6 -> params.add(Param.read(in.message()));
          case 7 -> divergentPaths.add(in.text());
          case 8 -> uniqueKeySets.add(UniqueKeySet.read(in.message()));
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new SupportedObject(
          path, access, multiInstance, commands, events, params, divergentPaths, uniqueKeySets);
    }

    void write(WireWriter out) {
      out.text(1, path);
      out.number(2, access);
      out.truth(3, multiInstance);
      out.messages(4, commands, Command::write);
      out.messages(5, events, Event::write);
      out.messages(6, params, Param::write);
      out.texts(7, divergentPaths);
      out.messages(8, uniqueKeySets, UniqueKeySet::write);
    }
  }

  /** A parameter; access 0 read only, 1 read and write, 2 write only. */
  public record Param(String name, int access, int valueType, int valueChange) {
    static Param read(WireReader in) throws WireException {
      String name = "";
      int access = 0;
      int valueType = 0;
      int valueChange = 0;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> name = in.text();
          case 2 -> access = (int) in.number();
          case 3 -> valueType = (int) in.number();
          case 4 -> valueChange = (int) in.number();
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new Param(name, access, valueType, valueChange);
    }

    void write(WireWriter out) {
      out.text(1, name);
      out.number(2, access);
      out.number(3, valueType);
      out.number(4, valueChange);
    }
  }

  /** A command; kind 1 synchronous, 2 asynchronous. */
  public record Command(String name, List<String> inputs, List<String> outputs, int kind) {
    /** Copies the collections. */
    public Command {
      inputs = List.copyOf(inputs);
      outputs = List.copyOf(outputs);
    }

    static Command read(WireReader in) throws WireException {
      String name = "";
      List<String> inputs = new ArrayList<>();
      List<String> outputs = new ArrayList<>();
      int kind = 0;
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> name = in.text();
          case 2 -> inputs.add(in.text());
          case 3 -> outputs.add(in.text());
          case 4 -> kind = (int) in.number();
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new Command(name, inputs, outputs, kind);
    }

    void write(WireWriter out) {
      out.text(1, name);
      out.texts(2, inputs);
      out.texts(3, outputs);
      out.number(4, kind);
    }
  }

  /** An event. */
  public record Event(String name, List<String> args) {
    /** Copies the collections. */
    public Event {
      args = List.copyOf(args);
    }

    static Event read(WireReader in) throws WireException {
      String name = "";
      List<String> args = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> name = in.text();
          case 2 -> args.add(in.text());
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new Event(name, args);
    }

    void write(WireWriter out) {
      out.text(1, name);
      out.texts(2, args);
    }
  }

  /** Parameters that name an instance together. */
  public record UniqueKeySet(List<String> names) {
    /** Copies the collections. */
    public UniqueKeySet {
      names = List.copyOf(names);
    }

    static UniqueKeySet read(WireReader in) throws WireException {
      List<String> names = new ArrayList<>();
      for (int field = in.next(); field != 0; field = in.next()) {
        switch (field) {
          case 1 -> names.add(in.text());
          default -> {
            // Of a later version: skipped.
          }
        }
      }
      return new UniqueKeySet(names);
    }

    void write(WireWriter out) {
      out.texts(1, names);
    }
  }
}
