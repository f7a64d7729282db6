/** What the bundles hold that the tests of updates make. */
package tv.hearth.tests.update.unit;
