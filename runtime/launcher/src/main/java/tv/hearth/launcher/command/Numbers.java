package tv.hearth.launcher.command;

import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whole numbers as every command takes them; what is none is said in words. */
public final class Numbers {
  private static final String DIGITS = "[+-]?[0-9]+";

  private Numbers() {}

  /** Teaches a command line. */
  public static CommandLine on(CommandLine line) {
    return line.registerConverter(int.class, new Small())
        .registerConverter(Integer.class, new Small())
        .registerConverter(long.class, new Whole())
        .registerConverter(Long.class, new Whole());
  }

  /** No lambda: Java 17 crashes when it archives several whose interface is as old as picocli's. */
  private static final class Small implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return small(text);
    }
  }

  /** As above. */
  private static final class Whole implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return whole(text);
    }
  }

  static int small(String text) {
    long value = whole(text);
    if (value != (int) value) {
      throw tooLarge(text);
    }
    return (int) value;
  }

  static long whole(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw text.matches(DIGITS)
          ? tooLarge(text)
          : new TypeConversionException("a whole number is wanted, not '" + text + "'");
    }
  }

  private static TypeConversionException tooLarge(String text) {
    return new TypeConversionException("a smaller number is wanted than " + text);
  }
}
