package tv.hearth.api.datamodel;

/** What a controller asked for can't be; with the error code of TR-369. */
public final class ModelException extends Exception {
  private static final long serialVersionUID = 1L;

  /** 7002: it is refused. */
  public static final int REQUEST_DENIED = 7002;

  /** 7003: something here failed. */
  public static final int INTERNAL_ERROR = 7003;

  /** 7004: arguments that can't be. */
  public static final int INVALID_ARGUMENTS = 7004;

  /** 7005: too much of something. */
  public static final int RESOURCES_EXCEEDED = 7005;

  /** 7012: a value that can't be. */
  public static final int INVALID_VALUE = 7012;

  /** 7016: no such object. */
  public static final int NO_SUCH_OBJECT = 7016;

  /** 7022: the command did not do. */
  public static final int COMMAND_FAILURE = 7022;

  /** 7027: a command's arguments that can't be. */
  public static final int INVALID_COMMAND_ARGUMENTS = 7027;

  private final int code;

  /** With a code of TR-369 and a message for people. */
  public ModelException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The code of TR-369. */
  public int code() {
    return code;
  }
}
