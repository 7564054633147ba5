package dev.weft.spec.support;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;
import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test with {@code -Dweft.debugger=true}: for what docs/debugging.md says is different
 * there, and for costs of the mode without the option.
 */
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(NotInDebuggerMode.Condition.class)
public @interface NotInDebuggerMode {
    /** Returns the reason. */
    Difference value();

    /** The differences for which tests are skipped. */
    enum Difference {
        /** A body sees a thread with the name of its task, and not the thread of the loop. */
        THREAD_OF_A_TASK("a task runs on a thread of its own, with the name of the task"),

        /** A suspended body is on the stack of its thread, so an await allocates memory. */
        FRAMES_ON_THE_STACK("a waiter is not used again where bodies keep their Java frames");

        private final String reason;

        Difference(String reason) {
            this.reason = reason;
        }
    }

    /** Disables what has the annotation. */
    final class Condition implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return findAnnotation(context.getElement(), NotInDebuggerMode.class)
                    .filter(found -> Boolean.getBoolean("weft.debugger"))
                    .map(found -> disabled(found.value().reason))
                    .orElse(enabled("not with -Dweft.debugger=true"));
        }
    }
}
