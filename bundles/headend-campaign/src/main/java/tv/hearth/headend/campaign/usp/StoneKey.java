package tv.hearth.headend.campaign.usp;

import java.util.regex.Pattern;

/**
 * The keys of what a box installs on its way: a campaign's command with the stone's counter within,
 * for an agent takes each key once. They begin and end as the command's own, by which a campaign
 * that has ended finds what is under way. Pure.
 */
final class StoneKey {
  private static final Pattern OVER = Pattern.compile("\\.over-[0-9]{1,19}(?=\\.[^.]*$)");

  private StoneKey() {}

  /** Of a command {@code campaign-ID.ATTEMPT.BOX}. */
  static String of(String command, long counter) {
    int box = command.lastIndexOf('.');
    return command.substring(0, box) + ".over-" + counter + command.substring(box);
  }

  /** The command that a key belongs to: itself, where it is no stone's. */
  static String commandOf(String key) {
    return OVER.matcher(key).replaceFirst("");
  }
}
