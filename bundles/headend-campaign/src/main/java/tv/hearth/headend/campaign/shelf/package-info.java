/** What the operator's repository holds, as the headend that serves it sees it. */
package tv.hearth.headend.campaign.shelf;
