/** Serves the tasks of a program that runs as a page, to browsers on the same machine. */
@NullMarked
package dev.weft.cli.web;

import org.jspecify.annotations.NullMarked;
