package tv.hearth.transfer;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where this box listens for its neighbours, and how much it takes from them at a time. */
@ObjectClassDefinition(
    name = "Hearth transfer",
    description = "Pieces and records between boxes, by HTTP over mutual TLS 1.3.")
@interface TransferConfig {
  /** Listen address. */
  @AttributeDefinition(
      name = "Host",
      description =
          "Address to listen on. 0.0.0.0 means every interface by IPv4, :: every one by IPv6 and IPv4"
              + " (but IPv4 answers go without the mark of lower effort then); give the service"
              + " network's own address where the box has several.")
  String host() default "0.0.0.0";

  /** Listen port. */
  @AttributeDefinition(
      name = "Port",
      description =
          "TCP port to listen on; 0 takes any free one. Neighbours must reach it. Where it is in use,"
              + " the health probe says so and the box tries again every 1 to 30 seconds.",
      min = "0",
      max = "65535")
  int port() default 7443;

  /** Announced host. */
  @AttributeDefinition(
      name = "Announced host",
      description =
          "Address or name that neighbours are told. Empty: the listen address, or the addresses of"
              + " the interfaces where that means every interface.")
  String announce() default "";

  /** Threads for disk. */
  @AttributeDefinition(
      name = "Disk threads",
      description =
          "Low-priority threads that read and write pieces and check signatures. More help where the"
              + " disk is slow and the processor has cores to spare.",
      min = "1",
      max = "32")
  int diskThreads() default 4;

  /** Seconds between rounds of gossip. */
  @AttributeDefinition(
      name = "Gossip, seconds",
      description =
          "Mean time between two rounds in which endpoint records are swapped with three random"
              + " neighbours. Less finds moved boxes sooner and costs some KB a round.",
      min = "1",
      max = "86400")
  int gossipSeconds() default 600;

  /** Connections in. */
  @AttributeDefinition(
      name = "Connections from neighbours",
      description = "Most at a time; each takes about 60 KiB of heap. Idle ones make room.",
      min = "4",
      max = "4096")
  int inbound() default 96;

  /** Connections out. */
  @AttributeDefinition(
      name = "Connections to neighbours",
      description = "Most at a time; each takes about 60 KiB of heap. Calls wait for a place.",
      min = "4",
      max = "4096")
  int outbound() default 48;

  /** Requests answered at a time. */
  @AttributeDefinition(
      name = "Requests at a time",
      description =
          "Most requests being answered; each takes up to 256 KiB of buffers. More are told BUSY.",
      min = "1",
      max = "1024")
  int requests() default 64;

  /** Requests of one neighbour at a time. */
  @AttributeDefinition(
      name = "Requests of one neighbour at a time",
      description = "More are told BUSY.",
      min = "1",
      max = "256")
  int peerRequests() default 16;

  /** Requests of one neighbour a second. */
  @AttributeDefinition(
      name = "Requests of one neighbour a second",
      description = "In the mean; more are told BUSY.",
      min = "1",
      max = "100000")
  int peerRate() default 400;

  /** Record bytes of one neighbour a second. */
  @AttributeDefinition(
      name = "Record bytes of one neighbour a second",
      description = "In the mean, of records that it puts; more are told BUSY.",
      min = "1024",
      max = "1073741824")
  long peerRecordBytes() default 1_048_576;

  /** Deletions of one content authority a day. */
  @AttributeDefinition(
      name = "Films deleted a day",
      description =
          "Most objects that one content authority can lock in a day at this box. More wait until a"
              + " second content authority signs; a stolen key can't empty a neighbourhood.",
      min = "0",
      max = "8192")
  int deletionsPerDay() default 100;
}
