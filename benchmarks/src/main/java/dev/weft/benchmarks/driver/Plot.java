package dev.weft.benchmarks.driver;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One diagram as SVG. Both axes are logarithmic, or both linear from zero. */
final class Plot {
    static final int WIDTH = 420;
    static final int HEIGHT = 300;

    private static final int LEFT = 60;
    private static final int RIGHT = 20;
    private static final int TOP = 34;
    private static final int BOTTOM = 44;
    private static final List<String> COLOURS = List.of("#c0392b", "#2471a3", "#7d8c1c", "#6c3483");

    /** A point of a line. */
    record Point(double x, double y) {}

    private final String title;
    private final String xName;
    private final boolean logarithmic;
    private final Map<String, List<Point>> lines = new LinkedHashMap<>();

    Plot(String title, String xName, boolean logarithmic) {
        this.title = title;
        this.xName = xName;
        this.logarithmic = logarithmic;
    }

    void line(String name, List<Point> points) {
        lines.put(name, points);
    }

    /** A whole document that shows the plots, two in a row. */
    static String document(List<Plot> plots) {
        int columns = Math.min(2, plots.size());
        int height = (plots.size() + columns - 1) / columns * HEIGHT;
        StringBuilder svg = new StringBuilder();
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"11\">\n"
                        .formatted(columns * WIDTH, height));
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        for (int i = 0; i < plots.size(); i++) {
            svg.append(
                    "<g transform=\"translate(%d,%d)\">\n"
                            .formatted(i % columns * WIDTH, i / columns * HEIGHT));
            plots.get(i).draw(svg);
            svg.append("</g>\n");
        }
        return svg.append("</svg>\n").toString();
    }

    private void draw(StringBuilder svg) {
        Axis x = axis(LEFT, WIDTH - RIGHT, true);
        Axis y = axis(HEIGHT - BOTTOM, TOP, false);
        text(svg, WIDTH / 2.0, 18, "middle", title);
        text(svg, WIDTH / 2.0, HEIGHT - 8.0, "middle", xName);
        for (double tick : x.ticks()) {
            rule(svg, x.at(tick), TOP, x.at(tick), HEIGHT - BOTTOM);
            text(svg, x.at(tick), HEIGHT - BOTTOM + 16.0, "middle", Numbers.brief(tick));
        }
        for (double tick : y.ticks()) {
            rule(svg, LEFT, y.at(tick), WIDTH - RIGHT, y.at(tick));
            text(svg, LEFT - 6.0, y.at(tick) + 4, "end", Numbers.brief(tick));
        }
        int index = 0;
        for (Map.Entry<String, List<Point>> line : lines.entrySet()) {
            drawLine(svg, line, index++, x, y);
        }
    }

    private Axis axis(double from, double to, boolean horizontal) {
        double[] values =
                lines.values().stream()
                        .flatMap(List::stream)
                        .mapToDouble(point -> horizontal ? point.x() : point.y())
                        .sorted()
                        .toArray();
        double least = values.length == 0 ? 1 : values[0];
        double most = values.length == 0 ? 10 : values[values.length - 1];
        return logarithmic ? Axis.logarithmic(least, most, from, to) : Axis.linear(most, from, to);
    }

    private static void drawLine(
            StringBuilder svg, Map.Entry<String, List<Point>> line, int index, Axis x, Axis y) {
        String colour = COLOURS.get(index % COLOURS.size());
        StringBuilder points = new StringBuilder();
        for (Point point : line.getValue()) {
            points.append(format("%.1f,%.1f ", x.at(point.x()), y.at(point.y())));
            svg.append(
                    format(
                            "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
                            x.at(point.x()), y.at(point.y()), colour));
        }
        svg.append(
                format(
                        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.5\"/>%n",
                        points.toString().strip(), colour));
        svg.append(
                format(
                        "<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>%n",
                        LEFT + 8 + 110 * index, TOP - 4, colour, line.getKey()));
    }

    private static void rule(StringBuilder svg, double x1, double y1, double x2, double y2) {
        svg.append(
                format(
                        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>%n",
                        x1, y1, x2, y2));
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(
                format(
                        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
                        x, y, anchor, text));
    }

    private static String format(String pattern, Object... args) {
        return String.format(Locale.ROOT, pattern, args);
    }
}
