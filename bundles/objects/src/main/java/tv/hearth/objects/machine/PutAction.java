package tv.hearth.objects.machine;

import java.util.SortedMap;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.vendor.objects.ObjectFailure;

/** What a {@link PutMachine} wants done, in this order. Values; {@code lane} is a piece's index. */
public sealed interface PutAction {
  /** Give a batch's chunk to a holder; the answer comes back under {@code call}. */
  record Send(long call, int lane, BoxId holder, int batch) implements PutAction {}

  /** Nobody waits for a call's answer any more. */
  record Cancel(long call) implements PutAction {}

  /** All who are left have a batch: its buffer can be filled again. */
  record Free(int batch, int stripes) implements PutAction {}

  /** The holder wrote its whole piece: is what it signed right? To be answered. */
  record WantReceipt(int lane, BoxId holder) implements PutAction {}

  /** The holder was silent; others should know. */
  record Suspect(BoxId holder) implements PutAction {}

  /** The holder signed for something else than it was given. */
  record Lied(BoxId holder) implements PutAction {}

  /** The holder does not get any more of this piece. For the meters. */
  record GivenUp(int lane, BoxId holder, TransferException.Problem why) implements PutAction {}

  /**
   * Make a lost piece again from k of those that are stored, and give it to a box. To be answered
   * by its receipt's verdict or its failure.
   *
   * @param sources the stored pieces and who holds them
   */
  record Remake(int lane, BoxId holder, SortedMap<Integer, BoxId> sources) implements PutAction {}

  /** The segment is safe; over. */
  record Stored(int pieces) implements PutAction {}

  /** The segment can't be stored; over. The text says why and what can be done. */
  record Fail(ObjectFailure.Problem problem, String text) implements PutAction {}
}
