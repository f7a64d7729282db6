/** The rollout engine: a pure function of a campaign, an event and a time. */
package tv.hearth.headend.campaign.rollout;
