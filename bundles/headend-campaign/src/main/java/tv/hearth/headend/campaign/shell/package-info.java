/** The headend's campaigns in an OSGi framework. */
package tv.hearth.headend.campaign.shell;
