/** Durable pieces and records; the format page is {@code docs/format-units.md}. */
package tv.hearth.storage;
