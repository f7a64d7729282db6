package tv.hearth.transfer.net;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.payload.PayloadSource;
import tv.hearth.api.payload.PayloadTransfer;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborReader;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.PutGrant;
import tv.hearth.support.record.RecordException;
import tv.hearth.transfer.core.ByteRange;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Wire;

/** The calls of {@link PieceTransfer} and {@link PayloadTransfer} as HTTP. Thread-safe. */
public final class Transfers implements PieceTransfer, PayloadTransfer {
  /** Small requests go before bulk; they are not worth a class of their own. */
  private static final TrafficClass SMALL = TrafficClass.STREAM;

  private static final int UNIT = ObjectCipher.UNIT;
  private static final int MOST_PAGE = 1000;

  private final Calls calls;

  /** Over a pool of connections. */
  public Transfers(Calls calls) {
    this.calls = calls;
  }

  @Override
  public CompletableFuture<PutReply> put(
      BoxId to, PieceId piece, byte[] grant, long offset, ByteBuffer bytes, TrafficClass traffic) {
    if (bytes.remaining() > Wire.MOST_CALL || offset < 0) {
      throw new IllegalArgumentException("at most 1 MiB at a time, from an offset of 0 or more");
    }
    long total;
    try {
      total = PutGrant.decode(Sign1.parse(grant).payload()).length();
    } catch (CborException | RecordException e) {
      return CompletableFuture.failedFuture(
          new TransferException(Problem.REFUSED, "put of " + piece + ": no grant: " + e, e));
    }
    long end = offset + bytes.remaining() - 1;
    Call call =
        Call.send(to, "PUT", path(piece), bytes.duplicate(), traffic)
            .with(Wire.GRANT, Base64.getUrlEncoder().withoutPadding().encodeToString(grant))
            .with("Content-Range", new ByteRange(end < offset ? 0 : offset, end, total).header());
    return ask(call, Transfers::putReply);
  }

  private static PutReply putReply(Answer answer) throws TransferException {
    String written = answer.headers().get(Wire.WRITTEN, "");
    if (!written.matches("[0-9]{1,18}")) {
      throw answer.nonsense("no " + Wire.WRITTEN);
    }
    boolean whole = answer.status() == 201;
    return new PutReply(
        Long.parseLong(written), whole ? Optional.of(answer.body()) : Optional.empty());
  }

  @Override
  public CompletableFuture<byte[]> get(
      BoxId from, PieceId piece, int firstUnit, int count, TrafficClass traffic) {
    if (firstUnit < 0 || count < 1 || count > MAX_UNITS) {
      throw new IllegalArgumentException("1…16 units from 0 on, not " + count);
    }
    long first = (long) firstUnit * UNIT;
    long last = first + (long) count * UNIT - 1;
    Call call =
        Call.get(from, path(piece), count * UNIT, traffic)
            .with("Range", "bytes=" + first + "-" + last);
    return ask(call, answer -> units(answer, first, last));
  }

  /** The bytes that were asked for, no others and no fewer, of a piece with units of our size. */
  private static byte[] units(Answer answer, long first, long last) throws TransferException {
    try {
      ByteRange range = ByteRange.said(answer.headers().get(HttpHeaderNames.CONTENT_RANGE));
      boolean asked = range.first() == first && range.last() == Math.min(last, range.total() - 1);
      if (answer.status() != 206 || !asked || range.length() != answer.body().length) {
        throw answer.nonsense("another range than asked for: " + range.header());
      }
    } catch (Refusal e) {
      throw answer.nonsense(e.getMessage());
    }
    if (answer.headers().getInt(Wire.UNIT, 0) != UNIT) {
      throw answer.nonsense("a piece with units of another size than 64 KiB");
    }
    return answer.body();
  }

  @Override
  public CompletableFuture<byte[]> unitHashes(BoxId from, PieceId piece, TrafficClass traffic) {
    int most = Wire.MOST_UNITS * Merkle.HASH;
    return ask(
        Call.get(from, path(piece) + "/hashes", most, traffic),
        answer -> {
          if (answer.body().length == 0 || answer.body().length % Merkle.HASH != 0) {
            throw answer.nonsense("hashes have 32 bytes each");
          }
          return answer.body();
        });
  }

  @Override
  public CompletableFuture<Boolean> head(BoxId from, PieceId piece) {
    Call call = new Call(from, "HEAD", path(piece), Map.of(), null, 0, SMALL);
    CompletableFuture<Answer> asked = calls.call(call);
    return derived(
        asked,
        answer -> {
          if (answer.status() == 404 || answer.status() == 410) {
            return false;
          }
          answer.orThrow();
          return true;
        });
  }

  @Override
  public CompletableFuture<Integer> keep(BoxId at, byte[] keep) {
    return order(at, "/v1/keep", keep);
  }

  @Override
  public CompletableFuture<Integer> delete(BoxId at, byte[] tombstone) {
    return order(at, "/v1/tombstones", tombstone);
  }

  private CompletableFuture<Integer> order(BoxId at, String path, byte[] signed) {
    Call call = Call.send(at, "POST", path, ByteBuffer.wrap(signed), SMALL);
    return ask(call, answer -> (int) Math.min(Integer.MAX_VALUE, answer.number()));
  }

  @Override
  public CompletableFuture<Void> putRecord(BoxId at, RecordKey key, byte[] record) {
    if (record.length > RecordStore.MAX_RECORD) {
      throw new IllegalArgumentException("a record has at most 1 MiB");
    }
    Call call = Call.send(at, "PUT", path(key), ByteBuffer.wrap(record), SMALL);
    return ask(call, answer -> null);
  }

  @Override
  public CompletableFuture<List<Bytes>> records(BoxId at, RecordKey key) {
    return ask(
        Call.get(at, path(key), Wire.MOST_RECORDS, SMALL),
        answer -> {
          CborReader in = new CborReader(answer.body());
          List<Bytes> records = siblings(in);
          in.end();
          return records;
        });
  }

  @Override
  public CompletableFuture<List<RecordStore.Entry>> listRecords(
      BoxId at, RecordKind kind, String subject, String after) {
    String path = "/v1/records/" + kind.path() + "/" + subject + "?after=" + after;
    return ask(
        Call.get(at, path, Wire.MOST_RECORDS, SMALL),
        answer -> page(kind, subject, new CborReader(answer.body())));
  }

  private static List<RecordStore.Entry> page(RecordKind kind, String subject, CborReader in)
      throws CborException {
    List<RecordStore.Entry> page = new ArrayList<>();
    int size = in.arrayHead();
    if (size > MOST_PAGE) {
      throw new CborException("a page of more than 1000 records");
    }
    for (int i = 0; i < size; i++) {
      if (in.arrayHead() != 2) {
        throw new CborException("an entry is a name and its records");
      }
      page.add(new RecordStore.Entry(new RecordKey(kind, subject, in.text(64)), siblings(in)));
    }
    in.end();
    return page;
  }

  private static List<Bytes> siblings(CborReader in) throws CborException {
    int size = in.arrayHead();
    if (size > HeadRecord.MOST_SIBLINGS) {
      throw new CborException("more than eight records under one key");
    }
    List<Bytes> records = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      records.add(Bytes.of(in.bytes(RecordStore.MAX_RECORD)));
    }
    return List.copyOf(records);
  }

  @Override
  public CompletableFuture<BitSet> held(BoxId at, Bytes root) {
    return ask(
        Call.get(at, path(root), Wire.MOST_HELD, SMALL), answer -> BitSet.valueOf(answer.body()));
  }

  @Override
  public CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length) {
    if (index < 0 || length < 1 || length > PayloadSource.MAX_CHUNK) {
      throw new IllegalArgumentException("a chunk has 1…1 MiB, not " + length);
    }
    return ask(
        Call.get(from, path(root) + "/" + index, length, TrafficClass.BACKUP),
        answer -> {
          if (answer.body().length != length) {
            throw answer.nonsense("a chunk of " + answer.body().length + " bytes, not " + length);
          }
          return answer.body();
        });
  }

  private static String path(Bytes root) {
    if (root.length() != Merkle.HASH) {
      throw new IllegalArgumentException("a payload's root has 32 bytes, not " + root.length());
    }
    return "/v1/payloads/" + root;
  }

  /** Swaps endpoint records with a neighbour: what it knows, and how many of ours were news. */
  CompletableFuture<byte[]> endpoints(BoxId at) {
    return ask(Call.get(at, "/v1/endpoints", Wire.MOST_GOSSIP, TrafficClass.REPAIR), Answer::body);
  }

  /** Tells a neighbour endpoint records. */
  CompletableFuture<Long> tellEndpoints(BoxId at, byte[] records) {
    Call call =
        Call.send(at, "POST", "/v1/endpoints", ByteBuffer.wrap(records), TrafficClass.REPAIR);
    return ask(call, Answer::number);
  }

  private <T> CompletableFuture<T> ask(Call call, Reading<T> reading) {
    return derived(calls.call(call), answer -> reading.of(answer.orThrow()));
  }

  /** A future of its own type; cancelling it cancels the call. */
  private static <T> CompletableFuture<T> derived(
      CompletableFuture<Answer> asked, Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    asked.whenComplete(
        (answer, failure) -> {
          if (failure != null) {
            result.completeExceptionally(
                failure instanceof CompletionException ? failure.getCause() : failure);
          } else {
            read(answer, reading, result);
          }
        });
    result.whenComplete(
        (value, failure) -> {
          if (result.isCancelled()) {
            asked.cancel(false);
          }
        });
    return result;
  }

  private static <T> void read(Answer answer, Reading<T> reading, CompletableFuture<T> result) {
    try {
      result.complete(reading.of(answer));
    } catch (TransferException e) {
      result.completeExceptionally(e);
    } catch (CborException | IllegalArgumentException e) {
      result.completeExceptionally(answer.nonsense(e.getMessage()));
    }
  }

  private static String path(PieceId piece) {
    return "/v1/pieces/" + piece;
  }

  private static String path(RecordKey key) {
    return "/v1/records/" + key;
  }

  /** What an answer says. */
  private interface Reading<T> {
    T of(Answer answer) throws TransferException, CborException;
  }
}
