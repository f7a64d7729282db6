/** What every message bus holds to. */
package tv.hearth.tests.contracts.bus;
