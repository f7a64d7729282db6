/** From pieces back to bytes. */
package tv.hearth.objects.read;
