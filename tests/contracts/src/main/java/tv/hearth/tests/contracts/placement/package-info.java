/** What every placement policy must do. */
package tv.hearth.tests.contracts.placement;
