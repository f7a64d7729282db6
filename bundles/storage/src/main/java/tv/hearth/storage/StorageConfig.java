package tv.hearth.storage;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How storage divides the disk budget, and how often it looks after it. */
@ObjectClassDefinition(
    name = "Hearth storage",
    description =
        "How the disk budget is divided. How large it is comes from the governor; without one, 4 GiB.")
@interface StorageConfig {
  /** Cap of a household's pieces. */
  @AttributeDefinition(
      name = "Share of a household",
      description =
          "Part of the disk budget that the pieces of one owner may take on this box, 0..1. Lower: "
              + "no household crowds out others. From 1 on: no cap.",
      min = "0")
  double ownerShare() default 0.25;

  /** Cap of a content authority's pieces. */
  @AttributeDefinition(
      name = "Share of a content authority",
      description =
          "Part of the disk budget that the films of one content authority (as the map names them) "
              + "may take, 0..1. Lower: more is left for households. From 1 on: no cap.",
      min = "0")
  double catalogueShare() default 0.75;

  /** Left free on the disk. */
  @AttributeDefinition(
      name = "Disk kept free, MiB",
      description =
          "MiB that stay free on the disk for the vendor's software, whatever the budget says. "
              + "Pieces are refused before the disk gets fuller.",
      min = "0")
  int keepFreeMib() default 256;

  /** Cap of all records. */
  @AttributeDefinition(
      name = "Share of records",
      description = "Part of the disk budget that small signed records may take, 0..1.",
      min = "0",
      max = "1")
  double recordShare() default 0.125;

  /** Cap of one owner's records. */
  @AttributeDefinition(
      name = "Records of an owner",
      description =
          "Most records of one household; a content authority is bound by the share alone.",
      min = "1")
  int subjectRecords() default 50_000;

  /** Cap of one owner's records. */
  @AttributeDefinition(
      name = "Records of an owner, MiB",
      description = "Most MiB of one household's records.",
      min = "1")
  int subjectMib() default 64;

  /** How old a check may get. */
  @AttributeDefinition(
      name = "Days between checks",
      description =
          "Each piece is read through once in that many days, as slowly as the budget says. Fewer: "
              + "rot is found sooner, more reading.",
      min = "1")
  int scrubDays() default 30;

  /** How often leases are looked at. */
  @AttributeDefinition(
      name = "Minutes between expiries",
      description = "How often pieces whose lease ended are dropped.",
      min = "1")
  int expireMinutes() default 15;
}
