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
    return line.registerConverter(int.class, (ITypeConverter<Integer>) Numbers::small)
        .registerConverter(Integer.class, (ITypeConverter<Integer>) Numbers::small)
        .registerConverter(long.class, (ITypeConverter<Long>) Numbers::whole)
        .registerConverter(Long.class, (ITypeConverter<Long>) Numbers::whole);
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
