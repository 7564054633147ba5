package dev.weft.spec.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the API that pages mention as {@code Type.member}. */
final class Names {
    private static final Pattern NAME = Pattern.compile("(?<![\\w.])([A-Z]\\w+)\\.([a-z]\\w+)");

    private static final List<String> PACKAGES = List.of("dev.weft.", "dev.weft.sync.");

    private Names() {}

    /** Returns the names in {@code code} whose type is one of Weft's. */
    static List<String> in(String code) {
        return NAME.matcher(code)
                .results()
                .filter(name -> type(name.group(1)).isPresent())
                .map(name -> name.group())
                .toList();
    }

    static void exists(String name) {
        String[] parts = name.split("\\.", -1);
        Class<?> type = type(parts[0]).orElseThrow();
        assertThat(Arrays.stream(type.getMethods())).anyMatch(m -> m.getName().equals(parts[1]));
    }

    private static Optional<Class<?>> type(String simpleName) {
        return PACKAGES.stream().flatMap(room -> load(room + simpleName)).findFirst();
    }

    private static Stream<Class<?>> load(String name) {
        try {
            return Stream.of(Class.forName(name));
        } catch (ClassNotFoundException | NoClassDefFoundError e) {
            return Stream.empty(); // a type of the JDK or of an example
        }
    }
}
