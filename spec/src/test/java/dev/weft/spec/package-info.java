/** The tests of the rules in RULES.md, one package for each chapter. */
package dev.weft.spec;
