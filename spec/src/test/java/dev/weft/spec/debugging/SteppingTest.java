package dev.weft.spec.debugging;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.Location;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector.Argument;
import com.sun.jdi.connect.LaunchingConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.event.StepEvent;
import com.sun.jdi.event.VMDisconnectEvent;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.StepRequest;
import dev.weft.spec.support.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stepping over a suspending await in a debugger, with {@code -Dweft.debugger=true}. */
@Timeout(60)
@Tag("slow")
class SteppingTest {
    private static final String PROGRAM = SteppingProgram.class.getName();

    @Test
    void aStepOverAnAwaitThatSuspendsStopsAtTheNextLineOfTheSameMethod() throws Exception {
        assertThat(stopsAfter("the await in inner", 1))
                .containsExactly("inner:after the await in inner");
    }

    /** Returns the places of the stops after a breakpoint, for some steps over a line. */
    private static List<String> stopsAfter(String breakpoint, int steps) throws Exception {
        VirtualMachine machine = launch();
        List<String> stops = new ArrayList<>();
        ClassPrepareRequest prepare = machine.eventRequestManager().createClassPrepareRequest();
        prepare.addClassFilter(PROGRAM);
        prepare.enable();
        machine.resume();
        try {
            while (stops.size() < steps) {
                EventSet events = machine.eventQueue().remove();
                for (Event event : events) {
                    if (event instanceof VMDisconnectEvent) {
                        return stops;
                    }
                    handle(event, breakpoint, stops);
                }
                events.resume();
            }
        } finally {
            machine.process().destroyForcibly();
        }
        return stops;
    }

    private static void handle(Event event, String breakpoint, List<String> stops)
            throws Exception {
        if (event instanceof ClassPrepareEvent prepared) {
            setBreakpoint(prepared.referenceType(), breakpoint);
        } else if (event instanceof BreakpointEvent reached) {
            reached.request().disable();
            step(reached.thread());
        } else if (event instanceof StepEvent stepped) {
            stepped.request().disable();
            stops.add(place(stepped.location()));
            step(stepped.thread());
        }
    }

    private static void setBreakpoint(ReferenceType type, String comment) throws Exception {
        int line = Source.lineOf(SteppingProgram.class, comment);
        Location location = type.locationsOfLine(line).get(0);
        type.virtualMachine().eventRequestManager().createBreakpointRequest(location).enable();
    }

    private static void step(ThreadReference thread) {
        StepRequest request =
                thread.virtualMachine()
                        .eventRequestManager()
                        .createStepRequest(thread, StepRequest.STEP_LINE, StepRequest.STEP_OVER);
        request.addCountFilter(1);
        request.enable();
    }

    private static String place(Location location) {
        String method = location.method().name();
        if (location.lineNumber() < 1) {
            return location.declaringType().name() + "." + method + ":no line";
        }
        StackTraceElement element =
                new StackTraceElement(
                        PROGRAM, method, "SteppingProgram.java", location.lineNumber());
        boolean own = location.declaringType().name().startsWith(PROGRAM);
        String name = method.replaceAll(".*?(inner|outer).*", "$1");
        return own ? name + ":" + Source.commentAt(element) : location.toString();
    }

    private static VirtualMachine launch() throws Exception {
        LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
        Map<String, Argument> arguments = connector.defaultArguments();
        arguments.get("main").setValue(PROGRAM);
        arguments
                .get("options")
                .setValue(
                        "-Dweft.debugger=true -cp \""
                                + System.getProperty("java.class.path")
                                + "\"");
        return connector.launch(arguments);
    }
}
