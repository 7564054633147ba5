/** Section "Pollers" of the rules: what a loop waits in. */
package dev.weft.spec.poller;
