package dev.weft.instrument.support;

import dev.weft.instrument.support.BothWays.Case;
import java.util.Arrays;
import java.util.List;

/** Compares two traces and describes the first difference. */
final class Traces {
    private static final List<String> OUTCOMES =
            List.of("suspends", "done", "fails later", "fails");

    private Traces() {}

    static void compare(
            Case which, int[] schedule, int reached, List<String> expected, List<String> actual) {
        if (expected.equals(actual)) {
            return;
        }
        int same = 0;
        while (same < Math.min(expected.size(), actual.size())
                && expected.get(same).equals(actual.get(same))) {
            same++;
        }
        throw new AssertionError(
                which
                        + " with "
                        + words(schedule, reached)
                        + " differs after\n"
                        + lines(expected.subList(Math.max(0, same - 12), same))
                        + "blocking:\n"
                        + lines(expected.subList(same, Math.min(same + 6, expected.size())))
                        + "compiled:\n"
                        + lines(actual.subList(same, Math.min(same + 6, actual.size()))));
    }

    private static List<String> words(int[] schedule, int reached) {
        return Arrays.stream(Arrays.copyOf(schedule, reached)).mapToObj(OUTCOMES::get).toList();
    }

    private static String lines(List<String> trace) {
        return "    " + String.join("\n    ", trace) + "\n";
    }
}
