package tv.hearth.api.pieces;

import java.time.Instant;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * What is known of a piece that is wholly here.
 *
 * @param length bytes
 * @param unit bytes of a unit; the last may be shorter
 * @param root Merkle root over its unit hashes (format page "unit layout")
 * @param keepUntil lease; {@link Instant#MAX} once its head has committed
 */
public record PieceInfo(
    PieceId piece, OwnerId owner, long length, int unit, Bytes root, Instant keepUntil) {}
