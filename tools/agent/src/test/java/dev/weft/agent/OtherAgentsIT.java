package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.programs.Mocked;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jacoco.core.data.ExecutionData;
import org.jacoco.core.internal.data.CRC64;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent beside those of JaCoCo and Mockito, before and after these. */
class OtherAgentsIT {

    @TempDir private Path folder;

    static Stream<Arguments> jdksAndOrders() {
        return Jdks.all().flatMap(jdk -> Stream.of(0, 2).map(place -> Arguments.of(jdk, place)));
    }

    @ParameterizedTest
    @MethodSource("jdksAndOrders")
    void jacocoAndMockitoWorkInEitherOrder(Path jdk, int place) throws Exception {
        Path report = folder.resolve("jacoco.exec");
        List<String> agents = new ArrayList<>();
        agents.add("-javaagent:" + library("org.jacoco.agent") + "=destfile=" + report);
        agents.add("-javaagent:" + library("mockito-core"));
        agents.add(place, "-javaagent:" + Tool.agent());
        Tool.Result result =
                new Tool(jdk, "java")
                        .with("-XX:TieredStopAtLevel=1", "-Dnet.bytebuddy.experimental=true")
                        .with(agents.toArray(String[]::new))
                        .main(Mocked.class)
                        .run();
        assertThat(result.out())
                .containsExactly("real: 2", "mocked: 40", "spied: 3", "mocked: 50", "real: 5");
        assertThat(result.exitCode()).isZero();
        assertThat(reported(report)).contains(idOnDisk(Mocked.class));
    }

    private static String library(String name) {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> entry.contains(name))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the ids of the classes that JaCoCo has seen. */
    private static List<Long> reported(Path report) throws Exception {
        ExecFileLoader loader = new ExecFileLoader();
        loader.load(report.toFile());
        return loader.getExecutionDataStore().getContents().stream()
                .map(ExecutionData::getId)
                .toList();
    }

    /** Returns the id by which JaCoCo's report finds the class file. */
    private static long idOnDisk(Class<?> type) throws Exception {
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            return CRC64.classId(in.readAllBytes());
        }
    }
}
