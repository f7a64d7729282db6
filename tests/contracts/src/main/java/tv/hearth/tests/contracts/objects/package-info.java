/** What every implementation of the object store must do. */
package tv.hearth.tests.contracts.objects;
