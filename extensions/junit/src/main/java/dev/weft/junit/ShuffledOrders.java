package dev.weft.junit;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Provides the repetitions of {@link Shuffled} tests. */
final class ShuffledOrders implements TestTemplateInvocationContextProvider {
    static final String PROPERTY = "weft.seed";

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getElement(), Shuffled.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
            ExtensionContext context) {
        String seed = System.getProperty(PROPERTY);
        if (seed != null) {
            return Stream.of(new Order(parsed(seed)));
        }
        int count =
                AnnotationSupport.findAnnotation(context.getElement(), Shuffled.class)
                        .map(Shuffled::value)
                        .orElse(0);
        if (count < 1) {
            throw new ExtensionConfigurationException("@Shuffled: count of orders < 1: " + count);
        }
        return LongStream.range(0, count).mapToObj(Order::new);
    }

    private static long parsed(String seed) {
        try {
            return Long.parseLong(seed);
        } catch (NumberFormatException e) {
            throw new ExtensionConfigurationException(
                    "-D"
                            + PROPERTY
                            + "="
                            + seed
                            + " is not a whole number: use the seed of a failure",
                    e);
        }
    }

    /** One repetition. */
    private record Order(long seed) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "seed " + seed;
        }

        @Override
        public void prepareInvocation(ExtensionContext context) {
            TestState.of(context).seed(seed);
        }
    }
}
