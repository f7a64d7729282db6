package tv.hearth.api.datamodel;

/**
 * A parameter of an object.
 *
 * @param name without dots, e.g. {@code Status}
 * @param writable whether controllers may set it
 */
public record Parameter(String name, Type type, boolean writable) {
  /** TR-106's types. */
  public enum Type {
    /** Bytes in Base64. */
    BASE64,
    /** {@code true} or {@code false}. */
    BOOLEAN,
    /** ISO 8601, UTC. */
    DATE_TIME,
    /** A decimal number. */
    DECIMAL,
    /** Bytes in hexadecimal. */
    HEX_BINARY,
    /** A whole number of 32 bits. */
    INT,
    /** A whole number of 64 bits. */
    LONG,
    /** Text. */
    STRING,
    /** A whole number of 32 bits, not below 0. */
    UNSIGNED_INT,
    /** A whole number of 64 bits, not below 0. */
    UNSIGNED_LONG
  }

  /** One that is only read. */
  public static Parameter read(String name, Type type) {
    return new Parameter(name, type, false);
  }

  /** One that may be set. */
  public static Parameter write(String name, Type type) {
    return new Parameter(name, type, true);
  }
}
