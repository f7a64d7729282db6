/** The released set in somebody else's framework. */
package tv.hearth.tests.paxexam;
