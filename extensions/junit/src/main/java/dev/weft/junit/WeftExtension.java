package dev.weft.junit;

import dev.weft.Coroutine;
import dev.weft.EventLoop;
import dev.weft.Runner;
import dev.weft.junit.compiled.AsyncTests;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.opentest4j.TestAbortedException;

/** The extension of {@link WeftTest}. Stateless: all state is in {@link TestState}. */
final class WeftExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                InvocationInterceptor {
    private static final Set<Class<?>> TYPES =
            Set.of(Runner.class, EventLoop.class, TestClock.class, Reports.class);

    // ---- parameters

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return TYPES.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        boolean isMethod = parameter.getDeclaringExecutable() instanceof Method;
        if (!isMethod || context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    type.getSimpleName()
                            + " belongs to one test, and there is none yet: take it as a parameter of"
                            + " the test method, of @BeforeEach or of @AfterEach");
        }
        TestState state = TestState.of(context);
        if (type == Runner.class) {
            return state.runner();
        }
        if (type == EventLoop.class) {
            return state.runner().loop();
        }
        return type == TestClock.class ? clock(state) : reports(state);
    }

    private static TestClock clock(TestState state) {
        if (!state.settings.isVirtual()) {
            throw new ParameterResolutionException(
                    "TestClock in real time, which cannot be advanced: remove virtualTime = false, or"
                            + " read EventLoop.time()");
        }
        return state.clock();
    }

    private static Reports reports(TestState state) {
        state.runner();
        state.expectsReports = true;
        return state.reports;
    }

    // ---- before and after

    /** Finds test methods that JUnit does not execute, because Weft has not compiled them. */
    @Override
    public void beforeAll(ExtensionContext context) {
        List<Method> left =
                ReflectionSupport.findMethods(
                        context.getRequiredTestClass(),
                        WeftExtension::isNotCompiled,
                        HierarchyTraversalMode.TOP_DOWN);
        if (!left.isEmpty()) {
            throw new ExtensionConfigurationException(
                    "async test methods that Weft has not compiled, so JUnit does not execute them: "
                            + left.stream().map(Method::getName).toList()
                            + " of "
                            + context.getRequiredTestClass().getName()
                            + ". Compile the tests by the goal weft:instrument-test");
        }
    }

    private static boolean isNotCompiled(Method method) {
        return Coroutine.class == method.getReturnType()
                && !method.isBridge()
                && (AnnotationSupport.isAnnotated(method, Testable.class)
                        || AnnotationSupport.isAnnotated(method, BeforeEach.class)
                        || AnnotationSupport.isAnnotated(method, AfterEach.class));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        TestState.of(context);
    }

    /** Closes the loop. JUnit suppresses an exception of this in that of the test. */
    @Override
    public void afterEach(ExtensionContext context) {
        TestState state = TestState.find(context);
        if (state == null) {
            return;
        }
        List<AssertionError> violations = new EndOfTest(state).violations();
        Throwable failure = context.getExecutionException().orElse(null);
        if (failure instanceof TestAbortedException) {
            violations.forEach(failure::addSuppressed); // or it would not count as aborted
            return;
        }
        if (failure != null) {
            Seed.note(state, failure);
        }
        if (!violations.isEmpty()) {
            AssertionError first = violations.get(0);
            violations.subList(1, violations.size()).forEach(first::addSuppressed);
            if (failure == null) {
                Seed.note(state, first);
            }
            throw first;
        }
    }

    // ---- the methods of a test

    @Override
    public void interceptBeforeEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptTestMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptDynamicTest(
            Invocation<@Nullable Void> invocation,
            DynamicTestInvocationContext test,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    @Override
    public void interceptAfterEachMethod(
            Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method,
            ExtensionContext context)
            throws Throwable {
        proceed(invocation, context);
    }

    private static void proceed(Invocation<@Nullable Void> invocation, ExtensionContext context)
            throws Throwable {
        TestState state = TestState.of(context);
        AsyncTests.Call call =
                () -> AsyncTests.during(invocation::proceed, body -> state.runner().run(body));
        if (state.settings.limit().isZero()) {
            call.call();
        } else {
            new TimeLimit(state).during(call, Watch.of(context));
        }
    }
}
