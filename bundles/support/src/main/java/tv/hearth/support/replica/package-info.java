/** The rules by which replicas keep records. */
package tv.hearth.support.replica;
