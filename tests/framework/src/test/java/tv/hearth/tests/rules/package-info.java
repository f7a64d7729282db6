/** Rules that every shipped bundle keeps, checked on the jars. */
package tv.hearth.tests.rules;
