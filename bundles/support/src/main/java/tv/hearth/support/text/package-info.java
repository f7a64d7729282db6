/** Text forms of bytes. */
package tv.hearth.support.text;
