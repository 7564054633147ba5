package dev.weft.instrument.explain;

import dev.weft.instrument.explain.AwaitState.Saved;
import dev.weft.instrument.explain.MethodStates.Step;
import java.util.List;
import java.util.StringJoiner;

/**
 * Draws the states of a method as SVG: one box below the other, a straight arrow to the next,
 * arrows that skip states on the right, and arrows of loops on the left.
 */
final class Diagram {
    private static final int BOX = 350;
    private static final int GAP = 30;
    private static final int HEAD = 30;
    private static final int ROW = 19;
    private static final int DOT = 16;
    private static final int ROUND = 7;
    private static final int MOST_ROWS = 6;

    /** The most characters of a name that fit into a box. */
    private static final int MOST_TITLE = 34;

    private static final int MOST_NAME = 26;

    private final MethodStates method;
    private final Html out = new Html();
    private final int end;

    /** By state, and last the end: the upper and the lower edge. */
    private final int[] top;

    private final int[] bottom;
    private final Lanes left = new Lanes();
    private final Lanes right = new Lanes();
    private int x;

    private Diagram(MethodStates method) {
        this.method = method;
        this.end = method.awaits().size() + 1;
        this.top = new int[end + 1];
        this.bottom = new int[end + 1];
    }

    static void draw(MethodStates method, Html page) {
        page.raw(new Diagram(method).svg());
    }

    private String svg() {
        int y = 4;
        for (int state = 0; state <= end; state++) {
            top[state] = y;
            bottom[state] = y + height(state);
            y = bottom[state] + GAP;
        }
        for (Step step : method.steps()) {
            if (target(step) != step.from() + 1) {
                (step.isBack() ? left : right).add(step.from(), target(step));
            }
        }
        left.assign();
        right.assign();
        x = left.width() + 6;
        int width = x + BOX + right.width() + 6;
        out.raw("<svg role=\"img\" viewBox=\"0 0 " + width + " " + (y - GAP + 4) + "\" width=\"")
                .raw(width + "\" height=\"" + (y - GAP + 4) + "\"><title>States of ")
                .text(method.title())
                .raw("</title>\n");
        for (Step step : method.steps()) {
            arrow(step);
        }
        dot(0, "start");
        for (AwaitState await : method.awaits()) {
            box(await);
        }
        dot(end, "end");
        return out.raw("</svg>\n").toString();
    }

    private int target(Step step) {
        return step.to() == Step.END ? end : step.to();
    }

    private int height(int state) {
        if (state == 0 || state == end) {
            return DOT;
        }
        return HEAD + rows(method.awaits().get(state - 1)) * ROW + 8;
    }

    private static int rows(AwaitState await) {
        int saved = await.saved().size();
        return Math.max(1, Math.min(saved, MOST_ROWS) + (saved > MOST_ROWS ? 1 : 0));
    }

    private void arrow(Step step) {
        int to = target(step);
        String path;
        if (to == step.from() + 1) {
            int middle = x + BOX / 2;
            path = "M" + middle + " " + bottom[step.from()] + "V" + (top[to] - 1);
        } else if (step.isBack()) {
            int lane = x - left.offset(step.from(), to);
            path = bent(x, bottom[step.from()] - 12, lane, top[to] + 14) + "H" + (x - 1);
        } else {
            boolean fromDot = step.from() == 0;
            boolean toDot = to == end;
            int lane = x + BOX + right.offset(step.from(), to);
            int start = fromDot ? x + BOX / 2 + DOT / 2 : x + BOX;
            int y1 = fromDot ? top[0] + DOT / 2 : bottom[step.from()] - 12;
            int y2 = toDot ? top[end] + DOT / 2 : top[to] + 14;
            int stop = toDot ? x + BOX / 2 + DOT / 2 : x + BOX;
            path = bent(start, y1, lane, y2) + "H" + (stop + 1);
        }
        String kind = step.onFailure() ? "failure" : step.isBack() ? "loop" : "next";
        out.raw("<path class=\"arrow " + kind + "\" data-from=\"" + step.from())
                .raw("\" data-to=\"" + to + "\" d=\"" + path)
                .raw("\" marker-end=\"url(#tip-" + kind + ")\"/>\n");
    }

    /** Returns a path with two round corners, to the lane and along the lane. */
    private static String bent(int start, int y1, int lane, int y2) {
        int out = lane > start ? ROUND : -ROUND;
        int down = y2 > y1 ? ROUND : -ROUND;
        return "M"
                + start
                + " "
                + y1
                + "H"
                + (lane - out)
                + "q"
                + out
                + " 0 "
                + out
                + " "
                + down
                + "V"
                + (y2 - down)
                + "q0 "
                + down
                + " "
                + -out
                + " "
                + down;
    }

    private void dot(int state, String name) {
        int middle = x + BOX / 2;
        int y = top[state] + DOT / 2;
        out.raw("<g class=\"dot\"><circle cx=\"" + middle + "\" cy=\"" + y + "\" r=\"7\"/>");
        if (state == end) {
            out.raw("<circle class=\"ring\" cx=\"" + middle + "\" cy=\"" + y + "\" r=\"4\"/>");
        }
        int side = middle - 14;
        out.raw(
                        "<text class=\"small\" text-anchor=\"end\" x=\""
                                + side
                                + "\" y=\""
                                + (y + 4)
                                + "\">")
                .text(name)
                .raw("</text></g>\n");
    }

    private void box(AwaitState await) {
        int y = top[await.state()];
        int height = bottom[await.state()] - y;
        out.raw("<g class=\"state\" data-state=\"" + await.state() + "\" tabindex=\"0\"><title>")
                .text(hover(await))
                .raw("</title><rect x=\"" + x + "\" y=\"" + y + "\" width=\"" + BOX)
                .raw("\" height=\"" + height + "\" rx=\"9\"/>");
        out.raw(
                "<circle class=\"badge\" cx=\""
                        + (x + 18)
                        + "\" cy=\""
                        + (y + 18)
                        + "\" r=\"11\"/>");
        text("badge-text", x + 18, y + 22, String.valueOf(await.state()));
        String right = right(await);
        int room = MOST_TITLE - Math.max(0, right.length() - "line 1234".length());
        text("head", x + 36, y + 22, shortened(await.title(), room));
        text("small right", x + BOX - 10, y + 22, right);
        rows(await, y + HEAD + 14);
        out.raw("</g>\n");
    }

    private static String right(AwaitState await) {
        String remark = await.how().remark();
        String line = await.line() == 0 ? "" : "line " + await.line();
        return remark.isEmpty() || line.isEmpty() ? line + remark : remark + ", " + line;
    }

    private void rows(AwaitState await, int first) {
        int y = first;
        List<Saved> saved = await.saved();
        if (saved.isEmpty()) {
            text("small", x + 36, y, "keeps nothing");
        }
        for (Saved value : saved.subList(0, Math.min(saved.size(), MOST_ROWS))) {
            String name = value.name().equals("this") ? "this" : value.name() + ": " + value.type();
            text("value", x + 36, y, shortened(name, MOST_NAME));
            text("small right", x + BOX - 10, y, value.reason());
            y += ROW;
        }
        if (saved.size() > MOST_ROWS) {
            text("small", x + 36, y, "and " + (saved.size() - MOST_ROWS) + " more");
        }
    }

    private void text(String style, int at, int y, String text) {
        out.raw("<text class=\"" + style + "\" x=\"" + at + "\" y=\"" + y + "\">")
                .text(text)
                .raw("</text>");
    }

    private static String hover(AwaitState await) {
        StringJoiner lines = new StringJoiner("\n");
        lines.add(
                Words.atLine(await.line())
                        + await.title()
                        + Words.inBrackets(await.how().remark()));
        for (Saved value : await.saved()) {
            lines.add("saves " + value.name() + ": " + value.type() + ", " + value.reason());
        }
        return lines.toString();
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "\u2026";
    }
}
