package tv.hearth.membership.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.RecordException;

/**
 * Notices another box with this one's identity (a copied data partition): it announces what this
 * one never did. Its word is neither taken nor passed on here. Thread-safe.
 */
public final class Twin {
  /** For so long after the last sign it is told of. */
  private static final Duration TOLD = Duration.ofDays(1);

  private Instant last = Instant.MIN;
  private String where = "";

  /** Who this box is, and what it announced last. */
  public record Self(BoxId box, Bytes key, byte[] signed) {}

  /** Looks at a record that came from outside; true where it is of this very box, so not news. */
  public boolean isOwn(byte[] heard, Self self, SignatureVerifier verifier, Instant now) {
    if (heard.length > EndpointBook.MOST_BYTES) {
      return false;
    }
    try {
      EndpointRecord claimed = EndpointRecord.decode(Sign1.parse(heard).payload());
      if (!claimed.box().equals(self.box())) {
        return false;
      }
      if (self.signed() != null && !Arrays.equals(heard, self.signed())) {
        long made = EndpointRecord.decode(Sign1.parse(self.signed()).payload()).sequence();
        if (claimed.sequence() >= made) {
          verifier.verify(heard, EndpointRecord.TYPE, self.key());
          note(claimed, now);
        }
      }
      return true;
    } catch (CborException | RecordException | BadSignatureException e) {
      return true; // of no box, or forged: nobody needs it
    }
  }

  private synchronized void note(EndpointRecord claimed, Instant now) {
    last = now;
    where = claimed.endpoints().toString();
  }

  /** For health; empty where there is none. */
  public synchronized String trouble(Instant now) {
    boolean recent = !last.equals(Instant.MIN) && now.isBefore(last.plus(TOLD));
    return recent
        ? "another box has this box's identity and announces "
            + where
            + " (a copied data partition?): wipe one of the two, it then enrols with a new claim"
        : "";
  }
}
