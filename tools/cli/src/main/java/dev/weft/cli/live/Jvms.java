package dev.weft.cli.live;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import dev.weft.internal.report.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Finds the JVMs of this user that have had an event loop. Changes nothing in them. */
public final class Jvms {
    /** A system property that the runtime sets before its first loop. */
    static final String MARK = "weft.runtime";

    private static final long LIMIT_SECONDS = 3;

    /**
     * A JVM with event loops.
     *
     * @param isMonitored true if no agent is needed to look into it
     * @param main the main class or jar, without arguments
     */
    public record Found(long pid, String java, boolean isMonitored, String main) {}

    private Jvms() {}

    /**
     * Returns the JVMs, asked at the same time.
     *
     * @param silent gets the numbers of those that do not answer
     * @throws dev.weft.cli.CommandException if this Java cannot look into others
     */
    public static List<Found> all(List<Long> silent) {
        try {
            return found(silent);
        } catch (NoClassDefFoundError noModule) {
            throw Failures.noModule();
        }
    }

    private static List<Found> found(List<Long> silent) {
        List<VirtualMachineDescriptor> others = new ArrayList<>();
        List<CompletableFuture<@Nullable Properties>> asked = new ArrayList<>();
        for (VirtualMachineDescriptor other : VirtualMachine.list()) {
            if (Long.parseLong(other.id()) != ProcessHandle.current().pid()) {
                others.add(other);
                asked.add(TimeLimit.start(() -> properties(other)));
            }
        }
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < others.size(); i++) {
            VirtualMachineDescriptor other = others.get(i);
            Properties properties = answer(asked.get(i), Long.parseLong(other.id()), silent);
            String mark = properties == null ? null : properties.getProperty(MARK);
            if (properties != null && mark != null) {
                found.add(
                        new Found(
                                Long.parseLong(other.id()),
                                properties.getProperty("java.version", ""),
                                mark.equals("monitored"),
                                main(other.displayName())));
            }
        }
        return found;
    }

    private static @Nullable Properties properties(VirtualMachineDescriptor other)
            throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(other);
            try {
                return machine.getSystemProperties();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException refused) {
            return null; // it has ended, or lets nobody in
        }
    }

    private static @Nullable Properties answer(
            CompletableFuture<@Nullable Properties> asked, long pid, List<Long> silent) {
        try {
            return TimeLimit.await(asked, pid, LIMIT_SECONDS);
        } catch (Exception unanswered) {
            silent.add(pid);
            return null;
        }
    }

    /**
     * Returns the main class or jar of a JVM, without arguments; empty if the JVM is not listed, as
     * in a container.
     */
    public static String main(long pid) {
        String id = Long.toString(pid);
        return VirtualMachine.list().stream()
                .filter(machine -> machine.id().equals(id))
                .findFirst()
                .map(machine -> main(machine.displayName()))
                .orElse("");
    }

    /** Arguments may be secret. */
    private static String main(String displayName) {
        int space = displayName.indexOf(' ');
        return Printable.of(space < 0 ? displayName : displayName.substring(0, space));
    }
}
