/**
 * A sample EPG: stands in for the vendor's own. It uses what the README tells a vendor to use,
 * {@code tv.hearth.vendor.*} and HTTP, and works without Hearth, too.
 */
package tv.hearth.sample.epg;
