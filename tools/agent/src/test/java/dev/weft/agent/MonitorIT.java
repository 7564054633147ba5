package dev.weft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.weft.programs.Idle;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent, loaded into a program that runs. */
class MonitorIT {
    static Stream<Path> jdks() {
        return Jdks.all();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void theOptionMonitorStartsTheMonitorOfTheRuntime(Path jdk) throws Exception {
        Process program =
                new ProcessBuilder(
                                jdk.resolve("bin/java").toString(),
                                "-cp",
                                Tool.CLASS_PATH,
                                Idle.class.getName())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try (var out = program.inputReader()) {
            assertThat(out.readLine()).isEqualTo("ready idle");
            VirtualMachine machine = VirtualMachine.attach(Long.toString(program.pid()));
            assertThat(machine.getSystemProperties()).containsEntry("weft.runtime", "yes");
            machine.loadAgent(Tool.agent(), "monitor");
            assertThat(machine.getSystemProperties()).containsEntry("weft.runtime", "monitored");
            machine.detach();
        } finally {
            program.destroyForcibly();
        }
    }
}
