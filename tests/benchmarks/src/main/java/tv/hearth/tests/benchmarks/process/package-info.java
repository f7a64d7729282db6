/** Benchmarks of whole neighbourhoods: real processes, TLS, broker and disk on this machine. */
package tv.hearth.tests.benchmarks.process;
