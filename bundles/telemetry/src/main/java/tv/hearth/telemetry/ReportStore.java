package tv.hearth.telemetry;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import tv.hearth.support.io.DurableFiles;

/**
 * Reports that wait for the line, one file each: {@code HTR1}, a blank, CRC-32C of the report in
 * hex, a line feed, the report. Bounded: the oldest goes first and is counted. A file of another
 * {@code HTR} is a newer release's and is left alone. Used by one thread.
 */
final class ReportStore {
  private static final Logger LOG = System.getLogger(ReportStore.class.getName());
  private static final String FAMILY = "HTR";
  private static final String MAGIC = FAMILY + "1 ";
  private static final int HEAD = MAGIC.length() + 9;

  private final Path folder;
  private final int mostReports;
  private final long mostBytes;
  private final TreeMap<Long, Integer> sizes = new TreeMap<>();
  private long bytes;
  private long dropped;
  private int newer;
  private long last;

  ReportStore(Path folder, int mostReports, long mostBytes) throws IOException {
    this.folder = DurableFiles.createFolder(folder);
    DurableFiles.removeLeftovers(folder);
    this.mostReports = mostReports;
    this.mostBytes = mostBytes;
    for (Path file : files()) {
      last = Long.parseLong(file.getFileName().toString().substring(0, 16));
      if (isNewer(file)) {
        newer++;
        LOG.log(Level.WARNING, "{0} is of a newer release and is left alone", file);
      } else {
        put(last, (int) Math.min(Integer.MAX_VALUE, Files.size(file)));
      }
    }
    trim();
  }

  private static boolean isNewer(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      String magic = new String(in.readNBytes(MAGIC.length()), StandardCharsets.US_ASCII);
      return magic.startsWith(FAMILY) && magic.endsWith(" ") && !magic.equals(MAGIC);
    }
  }

  /** Keeps a report. */
  void add(String report) throws IOException {
    byte[] body = report.getBytes(StandardCharsets.UTF_8);
    String head = MAGIC + String.format(Locale.ROOT, "%08x", sum(body)) + "\n";
    byte[] content = (head + report).getBytes(StandardCharsets.UTF_8);
    long number = ++last;
    DurableFiles.write(file(number), content);
    put(number, content.length);
    trim();
  }

  /** The oldest reports, at most {@code most}; damaged ones are removed and counted. */
  Batch oldest(int most) throws IOException {
    List<String> reports = new ArrayList<>();
    long upTo = 0;
    for (long number : List.copyOf(sizes.keySet())) {
      if (reports.size() == most) {
        break;
      }
      upTo = number;
      String report = read(number);
      if (!report.isEmpty()) {
        reports.add(report);
      }
    }
    return new Batch(reports, upTo);
  }

  /** Removes what a batch held. */
  void remove(Batch batch) throws IOException {
    while (!sizes.isEmpty() && sizes.firstKey() <= batch.upTo()) {
      removeFirst();
    }
  }

  int reports() {
    return sizes.size();
  }

  /** Reports that only a newer release can read. */
  int newer() {
    return newer;
  }

  long dropped() {
    return dropped;
  }

  /**
   * Reports to send together.
   *
   * @param upTo number of the newest one
   */
  record Batch(List<String> reports, long upTo) {}

  private String read(long number) throws IOException {
    byte[] content = Files.size(file(number)) > mostBytes ? new byte[0] : bytes(number);
    String text = new String(content, StandardCharsets.UTF_8);
    if (text.length() > HEAD && text.startsWith(MAGIC)) {
      String report = text.substring(HEAD);
      String expected =
          String.format(Locale.ROOT, "%08x", sum(report.getBytes(StandardCharsets.UTF_8)));
      if (text.startsWith(expected, MAGIC.length())) {
        return report;
      }
    }
    dropped++;
    LOG.log(Level.WARNING, "report {0} is damaged on disk and is dropped", file(number));
    return "";
  }

  private byte[] bytes(long number) throws IOException {
    return Files.readAllBytes(file(number));
  }

  private void trim() throws IOException {
    while (sizes.size() > mostReports || bytes > mostBytes) {
      dropped++;
      removeFirst();
    }
  }

  private void put(long number, int size) {
    sizes.put(number, size);
    bytes += size;
  }

  private void removeFirst() throws IOException {
    Files.deleteIfExists(file(sizes.firstKey()));
    bytes -= sizes.pollFirstEntry().getValue();
  }

  private Path file(long number) {
    return folder.resolve(String.format(Locale.ROOT, "%016d.report", number));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.getFileName().toString().matches("[0-9]{16}\\.report"))
          .sorted()
          .toList();
    }
  }

  private static int sum(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return (int) crc.getValue();
  }
}
