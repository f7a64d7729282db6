package tv.hearth.management.agent;

/** Error codes of TR-369 that the agent itself gives. */
final class Codes {
  static final int MESSAGE_FAILED = 7000;
  static final int NOT_SUPPORTED = 7001;
  static final int INTERNAL = 7003;
  static final int RESOURCES = 7005;
  static final int PERMISSION = 7006;
  static final int UNSUPPORTED_PARAMETER = 7010;
  static final int INVALID_TYPE = 7011;
  static final int NOT_WRITABLE = 7013;
  static final int NOT_CREATED = 7017;
  static final int NOT_A_TABLE = 7018;
  static final int NOT_CREATABLE = 7019;
  static final int NOT_UPDATED = 7020;
  static final int REQUIRED_FAILED = 7021;
  static final int COMMAND_FAILED = 7022;
  static final int NOT_DELETED = 7024;

  private Codes() {}
}
