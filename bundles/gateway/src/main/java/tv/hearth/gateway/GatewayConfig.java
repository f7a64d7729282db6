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
          "Address to listen on. 127.0.0.1 serves this box alone; the LAN address serves every device at home")
  String host() default "127.0.0.1";

  /** Port. */
  @AttributeDefinition(description = "Port to listen on; 0 takes any that is free")
  int port() default 8090;

  /** Origins. */
  @AttributeDefinition(
      description =
          "Web origins (https://epg.example) whose pages may read; pages from this box always may")
  String[] origins() default {};

  /** Connections. */
  @AttributeDefinition(
      description = "Connections at once, 1…256; each takes up to 0.5 MB while it plays")
  int connections() default 32;

  /** Threads. */
  @AttributeDefinition(
      description = "Threads that wait for the object store, 1…32: how many reads go on at once")
  int readers() default 6;

  /** Idle seconds. */
  @AttributeDefinition(
      description = "Seconds without a byte after which a connection is closed; players reconnect")
  int idleSeconds() default 120;
}
