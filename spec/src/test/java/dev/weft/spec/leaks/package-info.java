/** Memory that the runtime must not hold: after a run, a callback, a poll, or a redeployment. */
package dev.weft.spec.leaks;
