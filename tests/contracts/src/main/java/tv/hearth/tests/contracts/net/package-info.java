/** Addresses that do what addresses do in the field. */
package tv.hearth.tests.contracts.net;
