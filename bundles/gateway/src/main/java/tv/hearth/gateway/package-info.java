/** Local HTTP (RFC 9110, 9112) with byte ranges for the household's players and the EPG. */
package tv.hearth.gateway;
