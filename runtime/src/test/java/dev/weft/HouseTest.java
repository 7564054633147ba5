package dev.weft;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** Packages are rooms, and the arrows between them go one way. */
class HouseTest {
    private static final Map<String, Set<String>> MAY_USE =
            Map.of(
                    "dev.weft", Set.of("dev.weft.internal.handin", "dev.weft.internal.time"),
                    "dev.weft.sync", Set.of("dev.weft"),
                    "dev.weft.compiled", Set.of("dev.weft"),
                    "dev.weft.internal.handin", Set.of(),
                    "dev.weft.internal.time", Set.of());

    private static final Pattern ARROW =
            Pattern.compile("^ +(dev\\.weft\\S*) +-> (\\S+)", Pattern.MULTILINE);

    @Test
    void everyArrowBetweenPackagesIsOneOfThePlan() throws Exception {
        Map<String, Set<String>> uses = uses();

        assertThat(uses.keySet()).isEqualTo(MAY_USE.keySet());
        uses.forEach((room, others) -> assertThat(MAY_USE.get(room)).as(room).containsAll(others));
    }

    /**
     * Each package of the runtime with those of the runtime that it uses, as jdeps reads it from
     * the class files.
     */
    private static Map<String, Set<String>> uses() throws Exception {
        Path classes =
                Path.of(
                        Coroutine.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI());
        StringWriter out = new StringWriter();
        int status =
                ToolProvider.findFirst("jdeps")
                        .orElseThrow()
                        .run(
                                new PrintWriter(out),
                                new PrintWriter(out),
                                "-verbose:package",
                                "-filter:none",
                                "--multi-release",
                                "base",
                                classes.toString());
        assertThat(status).as(out.toString()).isZero();
        Map<String, Set<String>> uses = new TreeMap<>();
        Matcher arrow = ARROW.matcher(out.toString());
        while (arrow.find()) {
            Set<String> used = uses.computeIfAbsent(arrow.group(1), room -> new TreeSet<>());
            if (arrow.group(2).startsWith("dev.weft") && !arrow.group(2).equals(arrow.group(1))) {
                used.add(arrow.group(2));
            }
        }
        return uses;
    }
}
