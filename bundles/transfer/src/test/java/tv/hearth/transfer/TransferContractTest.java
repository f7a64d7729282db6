package tv.hearth.transfer;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.identity.Role;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Receipt;
import tv.hearth.support.record.RootRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.tests.contracts.transfer.PieceTransferContract;
import tv.hearth.tests.contracts.transfer.TransferFixture;

/** Real boxes keep the contract. */
final class TransferContractTest extends PieceTransferContract implements TransferFixture {
  private static TestBox holder;
  private static TestBox owner;
  private static BoxId away;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.member(neighbourhood, "holder");
    owner = TestBox.member(neighbourhood, "owner");
    away = neighbourhood.keys("away").identity().box();
  }

  @AfterAll
  static void stop() throws Exception {
    owner.close();
    holder.close();
  }

  @Override
  protected TransferFixture boxes() {
    return this;
  }

  @Override
  public PieceTransfer transfer() {
    return owner.transfers();
  }

  @Override
  public BoxId holder() {
    return holder.id();
  }

  @Override
  public BoxId away() {
    return away;
  }

  @Override
  public PieceStore stored() {
    return holder.pieces();
  }

  @Override
  public byte[] grant(PieceId piece, long length) throws Exception {
    return owner.grant(holder.id(), piece, length);
  }

  @Override
  public byte[] keep(ObjectId object) throws Exception {
    KeepRecord keep = new KeepRecord(owner.owner(), object, Instant.MAX);
    return owner.identity().sign(Role.HOUSEHOLD, KeepRecord.TYPE, keep.encode());
  }

  @Override
  public byte[] tombstone(ObjectId object) throws Exception {
    Tombstone tombstone = new Tombstone(owner.owner(), object, Instant.now());
    return owner.identity().sign(Role.HOUSEHOLD, Tombstone.TYPE, tombstone.encode());
  }

  @Override
  public byte[] root(long version) throws Exception {
    RootRecord root = new RootRecord(owner.owner(), version, Bytes.of(new byte[10]));
    return owner.identity().sign(Role.HOUSEHOLD, RootRecord.TYPE, root.encode());
  }

  @Override
  public RecordKey rootKey() throws Exception {
    return new RecordKey(RecordKind.ROOT, owner.owner().text(), "root");
  }

  @Override
  public boolean isReceipt(byte[] receipt, PieceId piece) throws Exception {
    byte[] payload =
        owner.crypto.verifier().verify(receipt, Receipt.TYPE, holder.identity().signingKey());
    Receipt said = Receipt.decode(payload);
    return said.piece().equals(piece)
        && said.root().equals(holder.pieces().stat(piece).orElseThrow().root());
  }
}
