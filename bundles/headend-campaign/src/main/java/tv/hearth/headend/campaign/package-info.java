/** Rollouts over the fleet. */
package tv.hearth.headend.campaign;
