/** The pipeline as a service. */
package tv.hearth.objects;
