/**
 * Finds mistakes in the set-up of a project, from its build file, its classes and its class path.
 */
@NullMarked
package dev.weft.cli.doctor;

import org.jspecify.annotations.NullMarked;
