package dev.weft.cli.live;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.weft.cli.CommandException;
import dev.weft.internal.report.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Another JVM, attached to. The only class, but for {@link Jvms}, that needs jdk.attach. */
final class Jvm implements AutoCloseable {
    /** Shorter than the limit of the JDK for a JVM that does not react. */
    private static final long LIMIT_SECONDS = 8;

    private final long pid;
    private final VirtualMachine machine;

    private Jvm(long pid, VirtualMachine machine) {
        this.pid = pid;
        this.machine = machine;
    }

    /**
     * Attaches to a process.
     *
     * @throws CommandException if there is none, or if it refuses
     */
    static Jvm attach(long pid) {
        checkProcess(pid);
        try {
            checkJvm(pid);
            String id = Long.toString(pid);
            VirtualMachine machine =
                    TimeLimit.await(
                            TimeLimit.start(() -> VirtualMachine.attach(id)), pid, LIMIT_SECONDS);
            return new Jvm(pid, machine);
        } catch (NoClassDefFoundError noModule) {
            throw Failures.noModule();
        } catch (CommandException expected) {
            throw hasOwnFiles(pid) ? notReached(pid) : expected;
        } catch (Exception failure) {
            throw notAttached(pid, failure);
        }
    }

    private static void checkProcess(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            throw CommandException.failed(
                    "process " + pid + " is this command itself: weft ps lists other programs");
        }
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            throw CommandException.failed(
                    "there is no process " + pid + ": weft ps lists the programs with event loops");
        }
        String own = System.getProperty("user.name");
        String owner = process.get().info().user().orElse(own);
        if (!owner.equals(own) && !own.equals("root")) {
            throw CommandException.failed(
                    "process "
                            + pid
                            + " belongs to user "
                            + owner
                            + ", and only the same user can look into a JVM: run this command as "
                            + owner);
        }
    }

    /** The signal that asks a JVM for its attention may end another process. */
    private static void checkJvm(long pid) {
        String program = ProcessHandle.of(pid).flatMap(it -> it.info().command()).orElse("java");
        boolean isListed =
                VirtualMachine.list().stream()
                        .anyMatch(listed -> listed.id().equals(Long.toString(pid)));
        if (!isListed && !program.contains("java")) {
            throw CommandException.failed(
                    "process "
                            + pid
                            + " ("
                            + Printable.of(program)
                            + ") is no JVM: weft ps lists the programs with event loops");
        }
    }

    /** Returns whether a process has another /tmp. The JDK attaches by files in that folder. */
    private static boolean hasOwnFiles(long pid) {
        try {
            Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/mnt"));
            return !own.equals(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/mnt")));
        } catch (IOException | UnsupportedOperationException unknown) {
            return false; // no Linux, or no permission
        }
    }

    private static CommandException notReached(long pid) {
        return CommandException.failed(
                "process "
                        + pid
                        + " cannot be reached from here, because its file system is another one, as in a"
                        + " container or with PrivateTmp of systemd: run this command there, such as"
                        + " by nsenter --mount --target "
                        + pid);
    }

    private static CommandException notAttached(long pid, Exception failure) {
        String reason = String.valueOf(failure.getMessage());
        if (reason.contains("does not support the attach mechanism")) {
            return CommandException.failed(
                    "process "
                            + pid
                            + " was started with -XX:+DisableAttachMechanism, so that no tool can look"
                            + " into it: start it without this option");
        }
        if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
            return Failures.ended(pid);
        }
        if (failure instanceof AttachNotSupportedException
                && reason.toLowerCase(Locale.ROOT).contains("respond")) {
            return CommandException.failed(
                    "process "
                            + pid
                            + " does not answer: it is stopped, not a JVM, or was started with"
                            + " -XX:+DisableAttachMechanism ("
                            + reason
                            + ")");
        }
        return CommandException.failed(
                "cannot look into process "
                        + pid
                        + ": it is no JVM, or one that has just started or refuses ("
                        + reason
                        + "); weft ps lists the programs with event loops");
    }

    Properties systemProperties() throws Exception {
        return TimeLimit.await(TimeLimit.start(machine::getSystemProperties), pid, LIMIT_SECONDS);
    }

    /**
     * Starts the JVM's own connector for MBeans. Returns its address; null if the JVM has none, as
     * without the module jdk.management.agent.
     */
    @Nullable String managementAddress() throws Exception {
        try {
            return TimeLimit.await(
                    TimeLimit.start(machine::startLocalManagementAgent), pid, LIMIT_SECONDS);
        } catch (IOException absent) {
            return null;
        }
    }

    /** Loads the agent with a Unix domain socket for its answers. */
    void load(Path agent, Path socket) throws Exception {
        try {
            TimeLimit.await(
                    TimeLimit.start(
                            () -> {
                                machine.loadAgent(agent.toString(), socket.toString());
                                return true;
                            }),
                    pid,
                    LIMIT_SECONDS);
        } catch (AgentLoadException | AgentInitializationException refused) {
            if (hasOwnFiles(pid)) {
                throw notReached(pid);
            }
            throw CommandException.failed(
                    "process "
                            + pid
                            + " loads no agent ("
                            + refused.getMessage()
                            + "): start the program with -Dweft.monitor, which needs none but the"
                            + " module jdk.management.agent. With -XX:-EnableDynamicAgentLoading,"
                            + " without the module java.instrument, and with another version of Weft"
                            + " there is no other way");
        }
    }

    @Override
    public void close() {
        try {
            machine.detach();
        } catch (IOException ended) {
            return; // nothing is left to detach from
        }
    }
}
