package tv.hearth.api.datamodel;

import java.util.List;
import java.util.Map;

/**
 * Whiteboard: an object of the data model that a bundle contributes. Paths are of the kind {@code
 * Device.A.B.{i}.C.}; each {@code {i}} stands for an instance's number, 1 or more. Thread-safe;
 * calls return soon.
 */
public interface ModelObject {
  /** Its path, with a dot at its end. */
  String path();

  /** Its parameters; the same at every call. */
  List<Parameter> parameters();

  /** Its commands; the same at every call. */
  default List<Command> commands() {
    return List.of();
  }

  /** Its events; the same at every call. */
  default List<EventType> events() {
    return List.of();
  }

  /** Sets of parameters each of which tells its instances apart; empty for a single object. */
  default List<List<String>> uniqueKeys() {
    return List.of();
  }

  /** Whether controllers may create and delete instances. */
  default boolean creatable() {
    return false;
  }

  /**
   * The instances that are there: of each, as many numbers as its path has {@code {i}}. A path
   * without any has one instance without numbers.
   */
  default List<List<Integer>> instances() {
    return List.of(List.of());
  }

  /**
   * A parameter's value.
   *
   * @throws ModelException 7016 where the instance is gone
   */
  String value(List<Integer> instance, String parameter) throws ModelException;

  /**
   * Sets parameters, all or none.
   *
   * @throws ModelException 7012 for a value that can't be
   */
  default void set(List<Integer> instance, Map<String, String> values) throws ModelException {
    throw new ModelException(ModelException.REQUEST_DENIED, path() + " can't be set");
  }

  /**
   * Creates an instance with these values.
   *
   * @param parent the numbers before the new one
   * @return the new number
   */
  default int create(List<Integer> parent, Map<String, String> values) throws ModelException {
    throw new ModelException(ModelException.REQUEST_DENIED, path() + " can't be created");
  }

  /** Deletes an instance. */
  default void delete(List<Integer> instance) throws ModelException {
    throw new ModelException(ModelException.REQUEST_DENIED, path() + " can't be deleted");
  }

  /**
   * Runs a command. An asynchronous one returns once it is under way, and says how it ended by
   * {@code completion}, once, also after a restart of the box if it can.
   *
   * @return a synchronous command's outputs; else nothing
   */
  default Map<String, String> operate(
      List<Integer> instance, String command, Map<String, String> inputs, Completion completion)
      throws ModelException {
    throw new ModelException(ModelException.COMMAND_FAILURE, "no such command: " + command);
  }
}
