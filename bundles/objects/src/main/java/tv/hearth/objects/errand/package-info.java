/** What must still be done after an answer was given, kept over restarts. */
package tv.hearth.objects.errand;
