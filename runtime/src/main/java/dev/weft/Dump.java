package dev.weft;

import dev.weft.internal.loop.LoopAnswer;
import dev.weft.internal.loop.LoopQuestion;
import java.util.List;
import java.util.stream.Collectors;

/** The text of {@link Weft#dump}. */
final class Dump {
    /** The tasks of a loop that are shown one by one. */
    private static final int TASKS = 1_000;

    private Dump() {}

    static String of(List<EventLoop> loops) {
        if (loops.isEmpty()) {
            return "no event loop is open\n";
        }
        List<TaskLoop> cores = loops.stream().map(loop -> loop.core).toList();
        return LoopQuestion.ask(cores, LoopQuestion.Wanted.oldest(TASKS)).stream()
                .map(LoopAnswer::tree)
                .collect(Collectors.joining());
    }
}
