/** What a person, or a program, reads. */
package tv.hearth.launcher.ui;
