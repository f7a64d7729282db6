/** Campaigns that run: the engine over its store, and the operator's pages. */
package tv.hearth.headend.campaign.service;
