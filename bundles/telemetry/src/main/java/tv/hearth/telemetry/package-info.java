/**
 * Collects meters and health from the whiteboard, and reports them to the operator: TR-369 bulk
 * data as JSON in name-value pairs, kept while the line is down.
 */
package tv.hearth.telemetry;
