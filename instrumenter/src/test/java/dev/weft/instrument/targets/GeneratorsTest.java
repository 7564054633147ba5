package dev.weft.instrument.targets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.instrument.Options;
import dev.weft.instrument.support.MemoryLoader;
import dev.weft.instrument.support.SourceText;
import dev.weft.instrument.support.Toolchain;
import dev.weft.instrument.support.Woven;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The depth of generators that read generators, and the traces of their failures. */
class GeneratorsTest {
    private static final List<SourceText> SOURCES = SourceText.folder("generators");
    private static final ClassLoader DIRECT = load(Options.defaults());
    private static final ClassLoader INDIRECT = load(Options.defaults().withoutDirectCalls());

    private static ClassLoader load(Options options) {
        Woven woven = Woven.of(Toolchain.JAVAC.compile(SOURCES), options).withoutErrors();
        return new MemoryLoader(GeneratorsTest.class.getClassLoader(), woven.classes());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 10_000, 100_000})
    @Timeout(60) // a cost that is not linear in the depth takes many minutes
    void generatorsReadEachOtherToAnyDepth(int depth) throws Exception {
        for (ClassLoader loader : List.of(DIRECT, INDIRECT)) {
            int levels = depth + 1;
            assertThat(levels(loader, depth, "goes on", 10)).isEqualTo("[0, 1, 2] " + levels);
            assertThat(levels(loader, depth, "goes on", 2)).isEqualTo("[0, 1] " + levels);
            assertThat(levels(loader, depth, "suspends", 10)).isEqualTo("[0, 1, 2] " + levels);
            assertThat(levels(loader, depth, "suspends", 1)).isEqualTo("[0] " + levels);
            assertThat(levels(loader, depth, "fails", 10)).isEqualTo("[0, 1, bottom] " + levels);
        }
    }

    private static Object levels(ClassLoader loader, int depth, String bottom, int most)
            throws ReflectiveOperationException {
        return loader.loadClass("generators.Levels")
                .getMethod("played", int.class, String.class, int.class)
                .invoke(null, depth, bottom, most);
    }

    @ParameterizedTest
    @CsvSource({
        "first, fail:fail generator:first, reads",
        "inline, fail:fail generator:inline, reads",
        "resumed, fail:fail generator:resumed, reads",
        "emit, generator:emit, reads",
        "cancelled, generator:cancelled, reads",
        "awaited, fail:fail awaited:awaited generator:calls, reads",
        "end, generator:end, reads",
        "close, fail:fail generator:close, closes",
        "closing, fail:fail generator:closing, closes",
    })
    void aTraceShowsGeneratorsAndConsumer(String place, String generator, String reading) {
        for (ClassLoader loader : List.of(DIRECT, INDIRECT)) {
            int most = reading.equals("closes") ? 2 : 9;
            String consumer = " consumer:consumer-" + reading;
            assertThat(trace(loader, place, false, most)).isEqualTo(lines(generator + consumer));
            assertThat(trace(loader, place, true, most))
                    .isEqualTo(lines(generator + " outer:outer-" + reading + consumer));
        }
    }

    /** Returns {@code generator:22} for {@code generator:first}: a comment ends that line. */
    private static List<String> lines(String calls) {
        return Stream.of(calls.split(" "))
                .map(call -> call.split(":"))
                .map(call -> call[0] + ":" + line(call[1].replace('-', ' ')))
                .toList();
    }

    private static int line(String comment) {
        List<String> lines =
                SOURCES.stream()
                        .filter(source -> source.simpleName().equals("Failures"))
                        .flatMap(source -> source.text().lines())
                        .toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// " + comment)) {
                return i + 1;
            }
        }
        throw new AssertionError(comment);
    }

    private static List<String> trace(
            ClassLoader loader, String place, boolean isNested, int most) {
        Throwable thrown =
                catchThrowable(
                        () ->
                                loader.loadClass("generators.Failures")
                                        .getMethod("play", String.class, boolean.class, int.class)
                                        .invoke(null, place, isNested, most));
        assertThat(thrown).isInstanceOf(InvocationTargetException.class);
        return Arrays.stream(thrown.getCause().getStackTrace())
                .filter(element -> !element.getClassName().startsWith("java."))
                .takeWhile(element -> !element.getMethodName().equals("play"))
                .map(element -> element.getMethodName() + ":" + element.getLineNumber())
                .toList();
    }
}
