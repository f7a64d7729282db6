/** User Services Platform (TR-369): records and messages. */
package tv.hearth.usp;
