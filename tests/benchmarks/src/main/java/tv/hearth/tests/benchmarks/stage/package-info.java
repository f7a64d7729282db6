/** What a put or get does, one kind of work alone, in a JVM with a box's flags. */
package tv.hearth.tests.benchmarks.stage;
