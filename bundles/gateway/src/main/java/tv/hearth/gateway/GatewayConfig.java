package tv.hearth.gateway;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code tv.hearth.gateway}. */
@ObjectClassDefinition(
    name = "Hearth gateway",
    description = "Local HTTP for the household's players and the EPG")
@interface GatewayConfig {
  /** Listen address. */
  @AttributeDefinition(
      description =
          "Address to listen on. 127.0.0.1 serves this box alone; the box's address in the home's network serves the devices at home, too. Not 0.0.0.0 where the operator's side of the box has an address as well")
  String host() default "127.0.0.1";

  /** Port. */
  @AttributeDefinition(
      description =
          "Port to listen on; 0 takes any that is free. Where it is in use the gateway says so, is unhealthy, and tries again")
  int port() default 8090;

  /** What other devices may read. */
  @AttributeDefinition(
      description =
          "What other devices at home may read, where host lets them in: film (films alone) or all (the household's own objects, too; without a password, so by guests as well)")
  String lan() default "film";

  /** Host names. */
  @AttributeDefinition(
      description =
          "Host names by which the box may be asked beside its addresses and localhost (stb.home.arpa). Under any other name requests are refused, as a foreign page could have pointed it at the box")
  String[] names() default {};

  /** Origins. */
  @AttributeDefinition(
      description =
          "Web origins (https://epg.example) whose pages may read; pages from the box itself always may. null stands for pages without origin (file:, sandboxed), of whomever")
  String[] origins() default {};

  /** Connections. */
  @AttributeDefinition(
      description =
          "Connections at once, 1…256. All together they hold 8 MiB of heap at most, and 32 KiB each outside of it. A quarter is kept for the box itself, and no other device has more than a quarter")
  int connections() default 32;

  /** Threads. */
  @AttributeDefinition(
      description =
          "Threads that wait for the object store, 1…32: how many reads go on at once, two thirds of them for other devices")
  int readers() default 6;

  /** Idle seconds. */
  @AttributeDefinition(
      description =
          "Seconds after which a connection without a request is closed; players reconnect")
  int idleSeconds() default 60;

  /** Stall seconds. */
  @AttributeDefinition(
      description =
          "Seconds in which a player must take 32 KiB; longer pauses cost it its connection, and it asks again by range")
  int stallSeconds() default 120;
}
