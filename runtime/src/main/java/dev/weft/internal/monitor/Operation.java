package dev.weft.internal.monitor;

import dev.weft.internal.trace.TraceRequest;
import java.util.List;
import java.util.Locale;

/**
 * The requests that tools make. A loop is named by its number; 0 stands for all loops. All answers
 * are text, which is empty if there is no such loop. None takes longer than ten seconds.
 */
enum Operation {
    COPY("Sets the number that begins the names of loops, as in 2.1; 1 is not shown", "number"),
    LOOPS("Lists the loops, and measures each for 250 ms", ""),
    TREE("Shows the tasks of a loop as a tree", "loop,limit"),
    JSON("Returns the tasks of a loop as JSON", "loop,limit"),
    FIND("Lists tasks by number or name: loop, number and name, separated by tabs", "loop,task"),
    STACK("Shows a task by number or name, with all awaits", "loop,task"),
    CANCEL("Requests the cancellation of the task with a number", "loop,task,message"),
    TOP("Lists the tasks that run most in a time", "loop,millis,rows"),
    DUMP("Shows all tasks of all loops", ""),
    TRACE("Traces all loops for a time; the format is json or html", "seconds,spans,format"),
    TRACING("Tells the state of the trace: running, writing, done and length, failed, gone", ""),
    UNTRACE("Ends the trace before its time", ""),
    PIECE("Returns a piece of the trace, from an offset on; empty at the end", "offset"),
    DROP("Drops the trace", "");

    private final String description;

    /** Names, separated by commas. */
    private final String parameters;

    Operation(String description, String parameters) {
        this.description = description;
        this.parameters = parameters;
    }

    /** Returns the operation with this title, in lower case. */
    static Operation of(String title) {
        for (Operation operation : values()) {
            if (operation.title().equals(title)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("there is no operation " + title);
    }

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    List<String> parameters() {
        return parameters.isEmpty() ? List.of() : List.of(parameters.split(","));
    }

    /**
     * Returns the answer.
     *
     * @throws IllegalArgumentException if an argument is missing, or is no number
     */
    String call(List<String> arguments) {
        if (arguments.size() != parameters().size()) {
            throw new IllegalArgumentException(
                    title() + " takes " + parameters().size() + " arguments");
        }
        return switch (this) {
            case COPY -> LoopNames.copy(number(arguments, 0));
            case LOOPS -> LoopTable.text();
            case TREE -> Answers.tree(number(arguments, 0), number(arguments, 1));
            case JSON -> Answers.json(number(arguments, 0), number(arguments, 1));
            case FIND -> TaskSearch.find(number(arguments, 0), arguments.get(1));
            case STACK -> TaskSearch.stack(number(arguments, 0), arguments.get(1));
            case CANCEL ->
                    Cancellation.request(
                            number(arguments, 0),
                            Long.parseLong(arguments.get(1)),
                            arguments.get(2));
            case TOP ->
                    TopTable.text(number(arguments, 0), number(arguments, 1), number(arguments, 2));
            case DUMP -> Answers.tree(0, 1_000);
            case TRACE ->
                    Traces.start(number(arguments, 0), number(arguments, 1), arguments.get(2));
            case TRACING -> TraceRequest.last().state();
            case UNTRACE -> Traces.end();
            case PIECE -> Traces.piece(Long.parseLong(arguments.get(0)));
            case DROP -> Traces.drop();
        };
    }

    private static int number(List<String> arguments, int index) {
        return Integer.parseInt(arguments.get(index));
    }
}
