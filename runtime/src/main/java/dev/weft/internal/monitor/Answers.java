package dev.weft.internal.monitor;

import dev.weft.internal.loop.Loop;
import dev.weft.internal.loop.LoopAnswer;
import dev.weft.internal.loop.LoopQuestion;
import dev.weft.internal.loop.LoopRegistry;
import dev.weft.internal.report.JsonText;
import dev.weft.observe.LoopSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Asks loops for their tasks. */
final class Answers {
    /** The tasks that are described one by one at most, so that an answer is some megabytes. */
    private static final int MOST = 10_000;

    private Answers() {}

    /** Returns the loop with a number, or all for 0. */
    static List<Loop> loops(int number) {
        List<Loop> chosen = new ArrayList<>();
        for (Loop loop : LoopRegistry.all()) {
            if (number == 0 || loop.number() == number) {
                chosen.add(loop);
            }
        }
        return chosen;
    }

    /** Returns the answers, those of stuck loops first. */
    static List<LoopAnswer> of(List<Loop> loops, LoopQuestion.Wanted wanted) {
        List<LoopAnswer> answers = new ArrayList<>(LoopQuestion.ask(loops, wanted));
        answers.sort(Comparator.comparing(answer -> answer.stuck().isEmpty()));
        return answers;
    }

    private static List<LoopAnswer> of(int number, int limit) {
        return of(loops(number), LoopQuestion.Wanted.oldest(Math.max(0, Math.min(MOST, limit))));
    }

    static String tree(int number, int limit) {
        StringBuilder text = new StringBuilder();
        for (LoopAnswer answer : of(number, limit)) {
            text.append("loop ").append(LoopNames.of(answer.loop())).append(": ");
            text.append(answer.tree());
        }
        return text.toString();
    }

    /**
     * Returns an array of objects with the name of the {@code loop}, the {@code snapshot}, and
     * {@code stuck} or {@code approximate} with a text if that is so.
     */
    static String json(int number, int limit) {
        StringBuilder text = new StringBuilder("[");
        for (LoopAnswer answer : of(number, limit)) {
            text.append(text.length() > 1 ? ",\n" : "");
            text.append("{\"loop\":").append(JsonText.quoted(LoopNames.of(answer.loop())));
            member(text, "stuck", answer.stuck());
            member(text, "approximate", answer.inexact());
            LoopSnapshot snapshot = answer.snapshot();
            if (snapshot != null) {
                text.append(",\"snapshot\":").append(snapshot.toJson());
            }
            text.append('}');
        }
        return text.append("]\n").toString();
    }

    private static void member(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(",\"").append(name).append("\":").append(JsonText.quoted(value));
        }
    }
}
