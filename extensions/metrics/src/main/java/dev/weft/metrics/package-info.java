/** Numbers of event loops and their tasks, for the registries of Micrometer. */
@NullMarked
package dev.weft.metrics;

import org.jspecify.annotations.NullMarked;
