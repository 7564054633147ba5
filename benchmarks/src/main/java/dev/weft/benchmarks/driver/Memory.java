package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Live bytes over the resumes of one coroutine that loops: a plot and a file of figures. */
final class Memory {
    private static final int SAMPLES = 20;

    private Memory() {}

    static void run(Setting setting) throws IOException, InterruptedException {
        int resumes = setting.quick() ? 1_000_000 : 100_000_000;
        Contestant weft = new Contestant(Contestant.WEFT, setting.base());
        List<String> args = List.of(Integer.toString(resumes), Integer.toString(SAMPLES));
        ProgramTrial trial = new ProgramTrial(setting, "LongRun", List.of("-Xmx256m"), args);
        Trial.Outcome outcome = trial.run(weft, 1);
        if (outcome.rows().isEmpty()) {
            throw new IllegalStateException(outcome.failure());
        }
        List<Plot.Point> points = new ArrayList<>();
        StringBuilder csv = new StringBuilder("resumes,live bytes\n");
        for (Row row : outcome.rows()) {
            double at = Double.parseDouble(row.workload());
            points.add(new Plot.Point(at / 1e6, row.value() / 1e3));
            csv.append("%.0f,%.0f%n".formatted(at, row.value()));
        }
        Plot plot =
                new Plot("live kB after a collection", "million resumes of one coroutine", false);
        plot.line("Weft", points);
        Files.writeString(setting.results().resolve("memory.csv"), csv);
        Files.writeString(setting.results().resolve("memory.svg"), Plot.document(List.of(plot)));
        Files.writeString(setting.results().resolve("memory.md"), text(setting, outcome.rows()));
    }

    private static String text(Setting setting, List<Row> rows) throws IOException {
        // The first samples still see classes being loaded.
        Row early = rows.get(rows.size() / 4);
        Row last = rows.get(rows.size() - 1);
        String text =
                """
                # memory

                %s* Command: `benchmarks/run memory`

                Live bytes after a collection: %,.0f after %,d resumes, %,.0f after %,d. See `memory.svg`.
                """
                        .formatted(
                                setting.head(),
                                early.value(),
                                Long.parseLong(early.workload()),
                                last.value(),
                                Long.parseLong(last.workload()));
        System.out.println(text);
        return text;
    }
}
