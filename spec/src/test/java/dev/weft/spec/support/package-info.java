/** Helpers that the tests of all chapters share. */
package dev.weft.spec.support;
