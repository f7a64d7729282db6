package tv.hearth.headend.campaign.rollout;

/**
 * A box that a campaign may take.
 *
 * @param box its id
 * @param online seen at the broker just now: canaries are chosen among these
 */
public record Candidate(String box, String model, String location, boolean online) {}
