package dev.weft.instrument.debugging;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VMDisconnectedException;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.LocatableEvent;
import com.sun.jdi.event.VMDeathEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import com.sun.jdi.request.StepRequest;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A program in a JVM of its own under the JDK's debugger interface. */
final class Debugger implements AutoCloseable {
    /** The step filters of the debugger: all code but the user's. */
    static final List<String> FILTERS =
            List.of("dev.weft.*", "*$Coroutine", "java.*", "jdk.*", "sun.*");

    private static final long PATIENCE_MILLIS = 120_000;

    private final VirtualMachine vm;
    private @Nullable EventSet stopped;
    private List<String> filters = FILTERS;
    private boolean skipsSynthetic;

    private Debugger(VirtualMachine vm) {
        this.vm = vm;
    }

    /** Starts the program, which runs from the first {@link #resume} on. */
    static Debugger launch(String classPath, String main, List<String> arguments, String options) {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Connector.Argument> settings = connector.defaultArguments();
        String command =
                Stream.concat(Stream.of(main), arguments.stream()).collect(Collectors.joining(" "));
        settings.get("main").setValue(command);
        settings.get("options")
                .setValue("-ea -XX:TieredStopAtLevel=1 " + options + " -cp \"" + classPath + "\"");
        try {
            return new Debugger(connector.launch(settings));
        } catch (Exception e) {
            throw new AssertionError("cannot start " + command, e);
        }
    }

    /** Replaces the rules for what a step passes over. */
    Debugger passingOver(List<String> filters, boolean skipsSynthetic) {
        this.filters = filters;
        this.skipsSynthetic = skipsSynthetic;
        return this;
    }

    /**
     * Sets a breakpoint at every place of the class, once it is loaded, that {@code where} picks.
     */
    void breakAt(String className, Predicate<Location> where) {
        ClassPrepareRequest loaded = vm.eventRequestManager().createClassPrepareRequest();
        loaded.addClassFilter(className);
        loaded.putProperty("where", where);
        loaded.enable();
    }

    /** Sets a breakpoint on the line of a class that is loaded, as a debugger's user does. */
    void breakAtLine(ReferenceType type, int line) {
        breakAt(type, location -> location.lineNumber() == line);
    }

    /** Runs to the next breakpoint or to the end of the step; null at the end of the program. */
    @Nullable Stop resume() {
        try {
            while (true) {
                if (stopped != null) {
                    stopped.resume();
                }
                stopped = vm.eventQueue().remove(PATIENCE_MILLIS);
                if (stopped == null) {
                    throw new AssertionError("the program hangs");
                }
                for (Event event : stopped) {
                    if (event instanceof VMDeathEvent || event instanceof VMDisconnectEvent) {
                        return null;
                    } else if (event instanceof ClassPrepareEvent loaded) {
                        prepare(loaded);
                    } else if (event instanceof LocatableEvent stop) {
                        return new Stop(stop.thread());
                    }
                }
            }
        } catch (VMDisconnectedException ended) {
            return null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Steps by a line, {@link StepRequest#STEP_OVER} or another depth, from where it stands. */
    @Nullable Stop step(Stop from, int depth) {
        StepRequest request =
                vm.eventRequestManager()
                        .createStepRequest(from.thread(), StepRequest.STEP_LINE, depth);
        filters.forEach(request::addClassExclusionFilter);
        request.addCountFilter(1);
        request.enable();
        Stop stop = resume();
        if (stop == null) {
            return null;
        }
        vm.eventRequestManager().deleteEventRequest(request);
        return skipsSynthetic && isHidden(stop) ? step(stop, depth) : stop;
    }

    /** Returns whether a debugger hides the method: a synthetic one that is no lambda's body. */
    private static boolean isHidden(Stop stop) {
        Method method = stop.top().location().method();
        return method.isSynthetic() && !method.name().startsWith("lambda$");
    }

    /** Removes all breakpoints. */
    void clear() {
        vm.eventRequestManager().deleteAllBreakpoints();
    }

    @SuppressWarnings("unchecked")
    private void prepare(ClassPrepareEvent loaded) {
        breakAt(
                loaded.referenceType(),
                (Predicate<Location>) loaded.request().getProperty("where"));
    }

    private void breakAt(ReferenceType type, Predicate<Location> where) {
        for (Location location : Stop.linesOf(type)) {
            if (where.test(location)) {
                EventRequest breakpoint =
                        vm.eventRequestManager().createBreakpointRequest(location);
                breakpoint.enable();
            }
        }
    }

    /** Returns the error output of the program, after its end. */
    String errors() {
        try {
            return new String(
                    vm.process().getErrorStream().readAllBytes(), Charset.defaultCharset());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        vm.process().destroyForcibly();
    }
}
