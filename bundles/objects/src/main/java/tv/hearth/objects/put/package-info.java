/** From bytes to acknowledged pieces. */
package tv.hearth.objects.put;
