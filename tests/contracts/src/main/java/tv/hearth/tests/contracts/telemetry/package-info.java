/** What every source of meters and every health probe holds to. */
package tv.hearth.tests.contracts.telemetry;
