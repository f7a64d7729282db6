/** The USP controller (TR-369) that speaks for campaigns with boxes' agents. */
package tv.hearth.headend.campaign.usp;
