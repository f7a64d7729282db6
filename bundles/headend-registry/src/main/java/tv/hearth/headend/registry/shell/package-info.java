/** The running headend and its Declarative Services component. */
package tv.hearth.headend.registry.shell;
