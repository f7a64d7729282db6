/** What every store of pieces and records must do. */
package tv.hearth.tests.contracts.pieces;
