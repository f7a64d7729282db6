/** Boxes' reports, held against their own past. */
package tv.hearth.headend.campaign.telemetry;
