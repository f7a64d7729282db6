/** Tests that run inside a framework beside every bundle of Hearth. */
package tv.hearth.tests.framework;
