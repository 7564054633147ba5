/** Random programs that must keep the rules of several chapters at once. */
package dev.weft.spec.fuzz;
