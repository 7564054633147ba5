/** Tests that are run by tests: most of them fail, and the texts of the failures are compared. */
package dev.weft.junit.samples;
