/**
 * The protocols, without the world: machines that take events and the time, and give back what is
 * to be done. No lock, no clock, no randomness of their own, no I/O, no thread. Whoever runs one
 * calls it from one thread at a time, hands it a time that only grows (nanoseconds), and does what
 * it says: the bundle over sockets, {@code tests/simulation} over a network that it makes up.
 */
package tv.hearth.objects.machine;
