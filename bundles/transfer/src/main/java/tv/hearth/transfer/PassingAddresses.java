package tv.hearth.transfer;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * IPv6 addresses that this box has but should tell nobody: privacy addresses (RFC 8981), which are
 * given up after a day, deprecated ones, and those that are not yet or no more good. Java does not
 * tell; Linux does, in {@code /proc/net/if_inet6}. Where that file is not there, none is known.
 */
final class PassingAddresses {
  private static final Path LINUX = Path.of("/proc/net/if_inet6");

  /** IFA_F_TEMPORARY, IFA_F_DADFAILED, IFA_F_DEPRECATED, IFA_F_TENTATIVE of if_addr.h. */
  private static final int PASSING = 0x01 | 0x08 | 0x20 | 0x40;

  private static final int ADDRESS = 0;
  private static final int FLAGS = 4;
  private static final int FIELDS = 6;

  private PassingAddresses() {}

  static Set<InetAddress> now() {
    try {
      return of(Files.readAllLines(LINUX, StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      return Set.of(); // another system, or no IPv6
    } catch (IOException e) {
      System.getLogger(PassingAddresses.class.getName())
          .log(System.Logger.Level.DEBUG, "privacy addresses can't be told apart", e);
      return Set.of();
    }
  }

  /** Of lines {@code ADDRESS INDEX PREFIX SCOPE FLAGS NAME}, all but the name in hex. */
  static Set<InetAddress> of(List<String> lines) {
    Set<InetAddress> passing = new HashSet<>();
    for (String line : lines) {
      String[] fields = line.strip().split("\\s+");
      try {
        if (fields.length == FIELDS && (Integer.parseInt(fields[FLAGS], 16) & PASSING) != 0) {
          passing.add(InetAddress.getByAddress(HexFormat.of().parseHex(fields[ADDRESS])));
        }
      } catch (IllegalArgumentException | UnknownHostException e) {
        System.getLogger(PassingAddresses.class.getName())
            .log(System.Logger.Level.DEBUG, "not understood: {0}", line);
      }
    }
    return passing;
  }

  /** Without the zone, which two equal addresses may name differently. */
  static InetAddress bare(InetAddress address) {
    try {
      return address instanceof Inet6Address
          ? InetAddress.getByAddress(address.getAddress())
          : address;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of 16 bytes is none", e);
    }
  }
}
