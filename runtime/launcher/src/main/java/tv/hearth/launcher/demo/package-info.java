/** The main job, shown: a film stored in a neighbourhood and played with half of its boxes off. */
package tv.hearth.launcher.demo;
