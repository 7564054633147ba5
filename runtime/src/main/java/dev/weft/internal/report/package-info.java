/** Failures, logs and stack traces: how the runtime tells people what happened. */
@NullMarked
package dev.weft.internal.report;

import org.jspecify.annotations.NullMarked;
