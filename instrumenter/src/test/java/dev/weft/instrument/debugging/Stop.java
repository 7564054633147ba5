package dev.weft.instrument.debugging;

import com.sun.jdi.AbsentInformationException;
import com.sun.jdi.ArrayReference;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.InternalException;
import com.sun.jdi.LocalVariable;
import com.sun.jdi.Location;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.PrimitiveValue;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.StackFrame;
import com.sun.jdi.StringReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.Value;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A thread that a debugger has stopped. */
record Stop(ThreadReference thread) {
    /** The name of {@code this} where a body has a variable for {@code this}. */
    static final String THIS = "$this";

    private static final int DEPTH = 3;

    static List<Location> linesOf(ReferenceType type) {
        try {
            return type.allLineLocations();
        } catch (AbsentInformationException withoutLines) {
            return List.of();
        }
    }

    StackFrame top() {
        try {
            return thread.frame(0);
        } catch (IncompatibleThreadStateException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the class of the current code. */
    ReferenceType type() {
        return top().location().declaringType();
    }

    int line() {
        return top().location().lineNumber();
    }

    /** {@code total:42}. */
    String place() {
        return place(top().location());
    }

    /** The places of the frames of one class, the innermost first. */
    List<String> stack(ReferenceType ofClass) {
        try {
            return thread.frames().stream()
                    .map(StackFrame::location)
                    .filter(location -> location.declaringType().equals(ofClass))
                    .map(Stop::place)
                    .toList();
        } catch (IncompatibleThreadStateException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns the method and the line. With the option debug a body is named like a lambda. */
    private static String place(Location location) {
        String method = location.method().name().replaceFirst("^lambda\\$", "");
        return method + ":" + location.lineNumber();
    }

    /** The variables in scope and their values, {@code this} included. */
    SortedMap<String, String> variables() {
        SortedMap<String, String> shown = new TreeMap<>();
        StackFrame frame = top();
        if (frame.thisObject() != null) {
            shown.put(THIS, show(frame.thisObject(), 0));
        }
        try {
            for (LocalVariable variable : frame.visibleVariables()) {
                shown.put(variable.name(), valueOf(variable, frame));
            }
        } catch (AbsentInformationException withoutVariables) {
            // nothing to see
        }
        return shown;
    }

    private static String valueOf(LocalVariable variable, StackFrame frame) {
        try {
            return show(frame.getValue(variable), 0);
        } catch (InternalException nothingOfTheKindInItsSlot) {
            return "unreadable";
        }
    }

    private static String show(@Nullable Value value, int depth) {
        if (value instanceof StringReference string) {
            return '"' + string.value() + '"';
        }
        if (value instanceof PrimitiveValue || value == null) {
            return String.valueOf(value);
        }
        if (value instanceof ArrayReference array && depth < DEPTH) {
            return array.getValues().stream().map(v -> show(v, depth + 1)).toList().toString();
        }
        return show((ObjectReference) value);
    }

    /**
     * Returns a boxed value, or the type of other objects; hides the names of generated classes.
     */
    private static String show(ObjectReference object) {
        ReferenceType type = object.referenceType();
        Value inside =
                type.name().startsWith("java.lang.") && type.fieldByName("value") != null
                        ? object.getValue(type.fieldByName("value"))
                        : null;
        if (inside instanceof PrimitiveValue) {
            return type.name() + " " + inside;
        }
        boolean ours =
                type.name().contains("$$Lambda")
                        || type.name().startsWith("dev.weft.")
                        || type.name().endsWith("$Coroutine");
        return ours ? "an object of Weft or the JVM" : type.name();
    }
}
