package tv.hearth.api.cipher;

/** Whose names and keys an object lives under. */
public enum Space {
  /** This household's own objects. */
  HOUSEHOLD,
  /** The operator's films; readable where the catalogue key was granted to this box. */
  CATALOGUE
}
