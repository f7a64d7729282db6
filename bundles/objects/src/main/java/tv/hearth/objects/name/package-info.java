/** Names: heads, packs, listing and deleting. */
package tv.hearth.objects.name;
