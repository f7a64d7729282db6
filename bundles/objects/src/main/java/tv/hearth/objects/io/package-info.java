/** What put and read share: services, threads, calls to neighbours, records at replicas. */
package tv.hearth.objects.io;
