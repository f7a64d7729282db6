package tv.hearth.vendor.objects;

/** Whose objects are meant. */
public enum Shelf {
  /** This household's own. */
  HOUSEHOLD,
  /** The operator's films. */
  CATALOGUE
}
