package dev.weft.junit;

import dev.weft.Runner;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The settings of a test.
 *
 * @param limit zero for none
 */
record Settings(boolean isVirtual, boolean isDebug, Duration limit, Set<Check> ignored) {
    private static final String LIMIT = "weft.timeout";

    /** The annotation with its defaults. */
    @WeftTest
    private static final class Defaults {}

    /**
     * Returns the settings of the method's own annotation, else of the class or the nearest outer
     * class, else of an annotation that contains {@link WeftTest}.
     */
    static Settings of(ExtensionContext context) {
        Stream<Supplier<Optional<WeftTest>>> places =
                Stream.of(
                        () ->
                                context.getElement()
                                        .map(method -> method.getAnnotation(WeftTest.class)),
                        () -> ofClass(context.getRequiredTestClass()),
                        () ->
                                AnnotationSupport.findAnnotation(
                                        context.getElement(), WeftTest.class),
                        () -> Optional.of(Defaults.class.getAnnotation(WeftTest.class)));
        return places.map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .map(Settings::of)
                .orElseThrow();
    }

    private static Optional<WeftTest> ofClass(Class<?> testClass) {
        Optional<WeftTest> found = Optional.empty();
        for (Class<?> c = testClass; c != null && found.isEmpty(); c = c.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(c, WeftTest.class);
        }
        return found;
    }

    private static Settings of(WeftTest annotation) {
        if (annotation.timeout() < 0) {
            throw new ExtensionConfigurationException(
                    "@WeftTest: timeout < 0: " + annotation.timeout());
        }
        return new Settings(
                annotation.virtualTime(),
                annotation.debug(),
                limit(Duration.of(annotation.timeout(), annotation.unit().toChronoUnit())),
                Set.of(annotation.ignore()));
    }

    private static Duration limit(Duration own) {
        String seconds = System.getProperty(LIMIT);
        if (seconds == null) {
            return own;
        }
        try {
            return Duration.ofSeconds(Integer.parseUnsignedInt(seconds));
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException(
                    "-D"
                            + LIMIT
                            + "="
                            + seconds
                            + " is not a number of seconds: use 0 for no limit",
                    e);
        }
    }

    /**
     * Makes the settings of a new runner. The end of the JVM does not wait for the test: a test
     * that calls {@code System.exit} would wait for itself.
     */
    Runner applyTo(Runner runner) {
        runner.shutdownHook(false);
        if (isVirtual) {
            runner.virtualTime();
        }
        return isDebug ? runner.debug(true) : runner;
    }
}
