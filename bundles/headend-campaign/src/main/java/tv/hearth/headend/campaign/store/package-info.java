/** Campaigns, their audit log and boxes' samples in the headend's SQLite file. */
package tv.hearth.headend.campaign.store;
