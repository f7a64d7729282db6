/**
 * An MQTT 5 broker for demos and tests on a host: HiveMQ CE inside this process, mutual TLS, the
 * operator's access list. Never on a box.
 */
package tv.hearth.broker;
