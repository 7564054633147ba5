/** The programs of docs/tutorial.md: a link checker, from the first coroutine to a service. */
@NullMarked
package dev.weft.samples.tutorial;

import org.jspecify.annotations.NullMarked;
