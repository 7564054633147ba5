/** Thread-locals that follow a task: MDC, OpenTelemetry's context, and those of Micrometer. */
@NullMarked
package dev.weft.context;

import org.jspecify.annotations.NullMarked;
