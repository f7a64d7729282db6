package tv.hearth.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a box publishes about itself under up/state, retained. */
enum BoxState {
  ONLINE,
  OFFLINE;

  /** User property of the message: another node has this one's identity. */
  static final String TWIN = "twin";

  /** The payload: the name in lower case, ASCII. */
  byte[] bytes() {
    return name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
  }
}
