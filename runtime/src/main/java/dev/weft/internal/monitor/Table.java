package dev.weft.internal.monitor;

import dev.weft.internal.report.Printable;
import java.util.ArrayList;
import java.util.List;

/** Aligns the cells of lines. Numbers stand right, in columns whose heading begins with a space. */
final class Table {
    private final List<List<String>> lines = new ArrayList<>();

    Table(String... headings) {
        lines.add(List.of(headings));
    }

    void add(String... cells) {
        List<String> line = new ArrayList<>();
        for (String cell : cells) {
            line.add(Printable.of(cell));
        }
        lines.add(line);
    }

    String text() {
        StringBuilder out = new StringBuilder();
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        for (List<String> line : lines) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], line.get(i).strip().length());
            }
        }
        for (List<String> line : lines) {
            append(out, line, widths);
        }
        return out.toString();
    }

    private void append(StringBuilder out, List<String> line, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = line.get(i).strip();
            String gap = " ".repeat(widths[i] - cell.length());
            boolean isRight = lines.get(0).get(i).startsWith(" ");
            text.append(isRight ? gap + cell : cell + gap).append("  ");
        }
        out.append(text.toString().stripTrailing()).append('\n');
    }
}
