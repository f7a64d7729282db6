package tv.hearth.erasure;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How much processor and heap the erasure code may take. */
@ObjectClassDefinition(
    name = "Hearth erasure code",
    description = "Bounds of the erasure code. No value changes a stored byte.")
@interface ErasureConfig {
  /** Calls that may code at the same time. */
  @AttributeDefinition(
      name = "Threads",
      description =
          "Calls that may code at the same time; further ones wait. Each takes up to 1 MiB of heap,"
              + " which stays reserved.",
      min = "1",
      max = "64")
  int threads() default 2;

  /** Most coding plans kept. */
  @AttributeDefinition(
      name = "Cached plans",
      description =
          "Plans kept: one for each shape in use, and one for each set of lost pieces. A plan that is "
              + "not kept takes some milliseconds to make again.",
      min = "1",
      max = "10000")
  int plans() default 64;

  /** Most heap for coding plans, in KiB. */
  @AttributeDefinition(
      name = "Cached plans, KiB",
      description = "Heap for the plans kept, in KiB. A plan takes 5 to 1000 KiB.",
      min = "0",
      max = "65536")
  int plansKib() default 2048;
}
