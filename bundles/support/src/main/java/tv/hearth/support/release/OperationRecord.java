package tv.hearth.support.release;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * An operation as it is remembered.
 *
 * @param phase name of {@code tv.hearth.api.update.Operation.Phase}
 * @param failure name of {@code tv.hearth.api.update.UpdateException.Problem}; empty for none
 * @param gaps milliseconds by symbolic name
 * @param attempts how often it was begun
 * @param told symbolic names of bundles whose listeners heard of its end
 * @param ailing what is wrong with the set that it went back to; empty where nothing is, or where
 *     it did not go back
 */
public record OperationRecord(
    String id,
    String target,
    String phase,
    String failure,
    String reason,
    long startedMillis,
    long endedMillis,
    long originBytes,
    long neighbourBytes,
    Map<String, Long> gaps,
    int attempts,
    List<String> told,
    String ailing) {
  private static final String CANCELLED = "CANCELLED";
  private static final int MOST_TEXT = 400;
  private static final int MOST_REASON = 500;
  private static final int MOST_TOLD = 32;

  /** Leaves room for why it went back. */
  private static final int MOST_AILING = 300;

  /** Copies; cuts what is for people to a bounded length. */
  public OperationRecord {
    gaps = Map.copyOf(gaps);
    told = List.copyOf(told);
    reason = cut(reason, MOST_REASON);
    ailing = cut(ailing, MOST_AILING);
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 1) + "…";
  }

  /** One that begins. */
  public static OperationRecord begun(String id, String target, String phase, long nowMillis) {
    return new OperationRecord(
        id, target, phase, "", "", nowMillis, 0, 0, 0, Map.of(), 0, List.of(), "");
  }

  /**
   * The set before it is back and was watched. Its reason says so, for a release that knows nothing
   * of {@code ailing} shows the reason all the same.
   *
   * @param trouble what is wrong with that set; empty where it is well
   */
  public OperationRecord wentBack(String trouble) {
    String well = "; went back, well";
    String named = cut(trouble, MOST_AILING);
    String said =
        trouble.isEmpty()
            ? cut(reason, MOST_REASON - well.length()) + well
            : "went back, but: " + named + "; it went back because: " + reason;
    return new OperationRecord(
        id,
        target,
        phase,
        failure,
        said,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        gaps,
        attempts,
        told,
        trouble);
  }

  /** In another phase. */
  public OperationRecord in(String newPhase) {
    return new OperationRecord(
        id,
        target,
        newPhase,
        failure,
        reason,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        gaps,
        attempts,
        told,
        ailing);
  }

  /** With why it fails. */
  public OperationRecord because(String newFailure, String newReason) {
    return new OperationRecord(
        id,
        target,
        phase,
        newFailure,
        newReason,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        gaps,
        attempts,
        told,
        ailing);
  }

  /** Ended in a phase. */
  public OperationRecord ended(String newPhase, long nowMillis) {
    return new OperationRecord(
        id,
        target,
        newPhase,
        failure,
        reason,
        startedMillis,
        Math.max(1, nowMillis),
        originBytes,
        neighbourBytes,
        gaps,
        attempts,
        told,
        ailing);
  }

  /** With the bytes of its payloads. */
  public OperationRecord moved(long origin, long neighbours) {
    return new OperationRecord(
        id,
        target,
        phase,
        failure,
        reason,
        startedMillis,
        endedMillis,
        origin,
        neighbours,
        gaps,
        attempts,
        told,
        ailing);
  }

  /** With gaps of services. */
  public OperationRecord with(Map<String, Long> newGaps) {
    Map<String, Long> all = new TreeMap<>(gaps);
    all.putAll(newGaps);
    return new OperationRecord(
        id,
        target,
        phase,
        failure,
        reason,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        all,
        attempts,
        told,
        ailing);
  }

  /** Begun once more. */
  public OperationRecord again() {
    return new OperationRecord(
        id,
        target,
        phase,
        failure,
        reason,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        gaps,
        attempts + 1,
        told,
        ailing);
  }

  /** Its end was told to a bundle. */
  public OperationRecord told(String bundle) {
    List<String> all = new ArrayList<>(told);
    all.add(bundle);
    return new OperationRecord(
        id,
        target,
        phase,
        failure,
        reason,
        startedMillis,
        endedMillis,
        originBytes,
        neighbourBytes,
        gaps,
        attempts,
        all.subList(Math.max(0, all.size() - MOST_TOLD), all.size()),
        ailing);
  }

  /** Its caller asked for its end: noted in its failure before it ended, durable as all of it. */
  public OperationRecord cancelled() {
    return isEnded() || !failure.isEmpty()
        ? this
        : because(CANCELLED, "ended by its caller, who asked for it while it was " + phase);
  }

  /** Whether its end was asked for before anything else failed it. */
  public boolean isCancelled() {
    return failure.equals(CANCELLED);
  }

  /** True once nothing more happens to it. */
  public boolean isEnded() {
    return endedMillis != 0;
  }

  CborMap toCbor() {
    List<CborMap> gapList = new ArrayList<>();
    new TreeMap<>(gaps)
        .forEach((name, millis) -> gapList.add(new CborMap().put("name", name).put("ms", millis)));
    return new CborMap()
        .put("id", id)
        .put("target", target)
        .put("phase", phase)
        .put("failure", failure)
        .put("reason", reason)
        .put("started", startedMillis)
        .put("ended", endedMillis)
        .put("origin", originBytes)
        .put("neighbours", neighbourBytes)
        .put("attempts", attempts)
        .putMaps("gaps", gapList)
        .putTexts("told", told)
        .put("ailing", ailing);
  }

  static OperationRecord of(CborMap map) throws CborException {
    Map<String, Long> gaps = new TreeMap<>();
    for (CborMap gap : map.maps("gaps", SetRecord.MOST_UNITS)) {
      gaps.put(gap.text("name", MOST_TEXT), gap.number("ms", 0, Long.MAX_VALUE));
    }
    return new OperationRecord(
        map.text("id", MOST_TEXT),
        map.text("target", MOST_TEXT),
        map.text("phase", MOST_TEXT),
        map.text("failure", MOST_TEXT),
        map.text("reason", MOST_REASON),
        map.number("started", Long.MIN_VALUE, Long.MAX_VALUE),
        map.number("ended", 0, Long.MAX_VALUE),
        map.number("origin", 0, Long.MAX_VALUE),
        map.number("neighbours", 0, Long.MAX_VALUE),
        gaps,
        map.integer("attempts", 0, Integer.MAX_VALUE),
        map.texts("told", MOST_TOLD, MOST_TEXT),
        map.has("ailing") ? map.text("ailing", MOST_AILING) : "");
  }
}
