/** Chapter "Threads" of the rules: rules 32 to 35a. */
package dev.weft.spec.threads;
