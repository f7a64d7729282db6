package tv.hearth.vendor.objects;

import java.util.Locale;

/** How an object's pieces are spread; the figures are scaled down in a small neighbourhood. */
public enum DurabilityClass {
  /** Operator's catalogue, 16 of 20; the CDN origin stands behind. */
  FILM(16, 20),
  /** 60 of 80. */
  ARCHIVE(60, 80),
  /** 40 of 80, and the owner's own full copy. */
  HOME(40, 80),
  /** 20 of 80: readable while any random half of the boxes is off. */
  HALF_PROOF(20, 80);

  private final int k;
  private final int n;

  DurabilityClass(int k, int n) {
    this.k = k;
    this.n = n;
  }

  /** Pieces that restore a segment, in a large neighbourhood. */
  public int k() {
    return k;
  }

  /** Pieces of a segment, in a large neighbourhood. */
  public int n() {
    return n;
  }

  /** As on command lines and in records: {@code half-proof}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The inverse of {@link #label}; throws {@link IllegalArgumentException} naming the choices. */
  public static DurabilityClass of(String label) {
    for (DurabilityClass each : values()) {
      if (each.label().equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException(
        "no durability class '" + label + "': one of film, archive, home, half-proof");
  }
}
