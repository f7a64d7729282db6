/** One SQLite file of the headend's: opened, brought up to date, and opened by older software. */
package tv.hearth.support.sql;
