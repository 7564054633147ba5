/**
 * Large numbers: time that grows linearly, bounded memory, and no recursion on a depth that a user
 * controls. These tests are slow.
 */
package dev.weft.spec.scale;
