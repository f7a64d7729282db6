/**
 * Contract suites of identity, signatures, sealing and key rings, and an operator of the tests'
 * own.
 */
package tv.hearth.tests.contracts.crypto;
