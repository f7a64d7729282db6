/** What every {@link tv.hearth.api.transfer.PieceTransfer} does. */
package tv.hearth.tests.contracts.transfer;
