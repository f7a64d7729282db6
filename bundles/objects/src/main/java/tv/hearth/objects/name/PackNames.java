package tv.hearth.objects.name;

import tv.hearth.api.value.Bytes;

/** The reserved names of packs: they begin with a control character, which no object's name has. */
public final class PackNames {
  private static final String PREFIX = "\u0000pack/";

  private PackNames() {}

  /** Of a pack's 16-byte id. */
  public static String of(Bytes pack) {
    return PREFIX + pack;
  }
}
