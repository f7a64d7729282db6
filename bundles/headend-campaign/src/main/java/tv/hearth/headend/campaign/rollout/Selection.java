package tv.hearth.headend.campaign.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses a campaign's boxes and their stages: a pure function of plan and candidates. Boxes are
 * ordered by SHA-256 over seed and id, so that nobody is first every time; the first stage takes
 * boxes that are on before such that are off, for a canary that is off tells nothing.
 */
public final class Selection {
  private Selection() {}

  /** A campaign of the candidates that the plan's groups hold; empty members where none does. */
  public static Campaign begin(
      long id, Plan plan, long counter, Collection<Candidate> candidates, long now) {
    List<Candidate> chosen = chosen(plan, candidates);
    SortedMap<String, Member> members = new TreeMap<>();
    chosen.sort(
        Comparator.comparing((Candidate c) -> !c.online()).thenComparing(order(plan.seed())));
    int stage = 0;
    for (int i = 0; i < chosen.size(); i++) {
      while (i >= share(plan.stages().get(stage), chosen.size())) {
        stage++;
      }
      members.put(chosen.get(i).box(), Member.waiting(chosen.get(i), stage));
    }
    return new Campaign(id, plan, counter, Campaign.Status.RUNNING, 0, 0, now, 0, "", members);
  }

  private static List<Candidate> chosen(Plan plan, Collection<Candidate> candidates) {
    Map<String, Candidate> chosen = new LinkedHashMap<>();
    for (Group group : plan.groups()) {
      List<Candidate> held = new ArrayList<>(candidates);
      held.removeIf(c -> !group.holds(c));
      held.sort(order(plan.seed()));
      held.subList(0, share(group.percent(), held.size())).forEach(c -> chosen.put(c.box(), c));
    }
    return new ArrayList<>(chosen.values());
  }

  /** So many percent, rounded up: 5 % of 8 boxes is one box, not none. */
  private static int share(int percent, int of) {
    return (of * percent + 99) / 100;
  }

  private static Comparator<Candidate> order(long seed) {
    return Comparator.comparing(Candidate::box, orderOfBoxes(seed));
  }

  /** The order that a seed gives to boxes, by their ids. */
  static Comparator<String> orderOfBoxes(long seed) {
    return Comparator.comparing((String box) -> hash(seed, box))
        .thenComparing(Comparator.naturalOrder());
  }

  private static String hash(long seed, String box) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update("hearth/campaign/order/1".getBytes(StandardCharsets.US_ASCII));
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(seed).array());
      return HexFormat.of().formatHex(digest.digest(box.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
