package tv.hearth.headend.registry.enrol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tv.hearth.headend.registry.operator.Claim;
import tv.hearth.headend.registry.operator.ClaimTable;

/** The claim codes as the operator's tool writes them; read anew when the file changed. */
final class ClaimBook {
  private final Path file;
  private FileTime read = FileTime.fromMillis(-1);
  private long size;
  private ClaimTable table;

  ClaimBook(Path file) {
    this.file = file;
  }

  /** The claim of that id whose code made {@code proof} over {@code message}. */
  synchronized Optional<Claim> proven(String id, byte[] message, byte[] proof) throws IOException {
    refresh();
    return table.find(id).filter(claim -> isProof(claim, message, proof));
  }

  /** The claims whose boxes give way to that claim's. */
  synchronized List<Claim> replacedBy(Claim claim) {
    return table.replacedBy(claim);
  }

  /** True where another claim takes the place of that one. */
  synchronized boolean isReplaced(Claim claim) {
    return table.isReplaced(claim.id());
  }

  private void refresh() throws IOException {
    FileTime now = Files.exists(file) ? Files.getLastModifiedTime(file) : FileTime.fromMillis(0);
    long length = Files.exists(file) ? Files.size(file) : 0;
    if (!now.equals(read) || length != size) {
      table = ClaimTable.read(file);
      read = now;
      size = length;
    }
  }

  private static boolean isProof(Claim claim, byte[] message, byte[] proof) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(claim.secret(), "HmacSHA256"));
      return MessageDigest.isEqual(mac.doFinal(message), proof);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks HmacSHA256", e);
    }
  }
}
