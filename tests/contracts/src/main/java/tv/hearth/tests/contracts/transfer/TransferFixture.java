package tv.hearth.tests.contracts.transfer;

import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;

/** Two boxes, one of which calls the other, and an owner who signs. */
public interface TransferFixture {
  /** Of the caller. */
  PieceTransfer transfer();

  /** Who is called. */
  BoxId holder();

  /** A member that can't be reached. */
  BoxId away();

  /** Where the holder keeps its pieces. */
  PieceStore stored();

  /** The owner's grant for a piece at the holder, units of 64 KiB. */
  byte[] grant(PieceId piece, long length) throws Exception;

  /** The owner's keep, for good. */
  byte[] keep(ObjectId object) throws Exception;

  /** The owner's tombstone. */
  byte[] tombstone(ObjectId object) throws Exception;

  /** The owner's {@code ROOT} record of that version. */
  byte[] root(long version) throws Exception;

  /** The key that {@link #root} belongs under. */
  RecordKey rootKey() throws Exception;

  /** True where the bytes are the holder's receipt for the piece, with the root that it stored. */
  boolean isReceipt(byte[] receipt, PieceId piece) throws Exception;
}
