package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All tables by name; one name may stand for several. */
final class Tables {
    private static final List<String> COMMON =
            List.of("limit", "Weft", "Kotlin", "CompletableFuture");
    private static final List<String> WITH_KILIM =
            List.of("limit", "Weft", "Kotlin", "CompletableFuture", "Kilim");
    private static final String VIRTUAL = "virtual threads";

    private final Setting setting;

    Tables(Setting setting) {
        this.setting = setting;
    }

    /**
     * Returns the tables with a name.
     *
     * @throws IllegalArgumentException if there are none
     */
    List<Table> named(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "await" -> List.of(await());
            case "switch" -> List.of(switches());
            case "seeing" -> List.of(seeing());
            case "spawn" -> List.of(jmh("spawn", "W3: spawn and join", "Spawn", WITH_KILIM));
            case "depth" ->
                    List.of(
                            jmh(
                                    "depth",
                                    "W5, W5b: nested awaits",
                                    "Resume|ResumeInOneJvm|Chain",
                                    WITH_KILIM));
            case "queue" -> List.of(jmh("queue", "W6: queues", "Queue", WITH_KILIM));
            case "streams" -> List.of(streams());
            case "timer" -> List.of(timer());
            case "parked" -> parked();
            case "sleep" -> List.of(sleep());
            case "hello" -> List.of(hello());
            case "service" -> List.of(ServiceTable.of(setting));
            case "pass" -> pass();
            case "edges" -> edges();
            case "echo", "http", "http2", "tls", "hello-net", "connections" ->
                    new NetTables(setting).named(name);
            default -> throw new IllegalArgumentException("no table " + name + "; see README.md");
        };
    }

    private Table await() {
        return jmh(
                "await",
                "W1, W1b: await what ends at once",
                "Await",
                with("limit (frame per call)"));
    }

    private Table switches() {
        return jmh("switch", "W2: give up the turn", "Switch", with("limit (mega)", "Weft (mega)"));
    }

    private Table seeing() {
        List<String> peers =
                List.of("limit", "Weft", "Weft (observer)", "Weft (JFR)", "Weft (trace)");
        JmhTrial trial = new JmhTrial(setting, "Switch|Spawn");
        return new Table(
                "seeing", "W2, W3 while the loop is observed", base(peers.stream()), trial);
    }

    private Table streams() {
        List<String> peers = List.of("limit", "Weft", "Iterator", "Kotlin", "Reactor", "RxJava");
        JmhTrial trial = new JmhTrial(setting, "Streams");
        return new Table("streams", "Streams: per element", base(peers.stream()), trial);
    }

    private Table timer() {
        List<String> peers =
                List.of(
                        "limit",
                        "limit (wheel)",
                        "Weft timers",
                        "Kotlin timers",
                        "JDK scheduler",
                        "Netty wheel 1 ms");
        JmhTrial trial = new JmhTrial(setting, "Timer");
        return new Table("timer", "W7c: add and cancel timers", base(peers.stream()), trial);
    }

    private List<Table> parked() {
        int tasks = setting.quick() ? 20_000 : 1_000_000;
        List<Table> tables = new ArrayList<>();
        for (int depth : new int[] {1, 5}) {
            List<String> heap = List.of("-Xmx" + setting.gigabytes(6) + "g");
            tables.add(
                    new Table(
                            "parked-depth-" + depth,
                            "W4: live bytes of a sleeping task",
                            withVirtual(COMMON),
                            new ProgramTrial(setting, "Parked", heap, args(tasks, depth))));
        }
        tables.add(
                new Table(
                        "parked-10M",
                        "W4: 10,000,000 sleeping tasks in a heap of 1.5 GB",
                        withVirtual(COMMON),
                        new ProgramTrial(
                                setting, "Parked", List.of("-Xmx1536m"), args(tasks * 10, 1))));
        return tables;
    }

    private Table sleep() {
        List<String> peers =
                List.of(
                        "limit",
                        "limit (wheel)",
                        "Weft",
                        "Kotlin",
                        "JDK scheduler",
                        "Netty wheel 1 ms",
                        "Netty wheel 100 ms");
        return new Table(
                "sleep",
                "W7: sleeps that end at random, CPU and lateness",
                withVirtual(peers),
                new ProgramTrial(
                        setting,
                        "Sleepers",
                        touchedHeap(),
                        setting.quick() ? args(50_000, 2) : args(1_000_000, 10)));
    }

    /** Returns options that keep the growth of the heap out of the figures, as JMH does. */
    private List<String> touchedHeap() {
        String heap = setting.gigabytes(6) + "g";
        return List.of("-Xms" + heap, "-Xmx" + heap, "-XX:+AlwaysPreTouch");
    }

    /** One JVM for each workload, with the heap that a small container has. */
    private List<Table> edges() {
        List<Table> tables = new ArrayList<>();
        for (String workload :
                List.of(
                        "sleepers",
                        "group",
                        "gather",
                        "chain",
                        "chain-backward",
                        "shields",
                        "timers",
                        "tryPut",
                        "flood-execute",
                        "flood-submit")) {
            tables.add(
                    new Table(
                            "edges-" + workload,
                            "Extremes: " + workload,
                            base(Stream.of(Contestant.WEFT)),
                            new ProgramTrial(
                                    setting, "Edges", List.of("-Xmx1g"), List.of(workload))));
        }
        return tables;
    }

    private Table hello() {
        List<Contestant> contestants = new ArrayList<>();
        contestants.addAll(base(Stream.concat(Stream.of(HelloTrial.JVM), COMMON.stream())));
        contestants.addAll(base(Stream.of(HelloTrial.ARCHIVED)));
        for (Jvm jvm : setting.newestOnly()) {
            for (String peer :
                    List.of(HelloTrial.JVM, "limit", "Weft", HelloTrial.ARCHIVED, VIRTUAL)) {
                contestants.add(new Contestant(peer, jvm));
            }
        }
        HelloTrial trial = new HelloTrial(setting);
        return new Table("hello", "W10: hello world, the whole process", contestants, trial);
    }

    private List<Table> pass() throws IOException {
        String made = PassFolder.make(setting);
        String jar = PassFolder.foreignJar(setting);
        List<Contestant> both = base(Stream.of(Contestant.WEFT, "ASM tree"));
        List<Contestant> weft = base(Stream.of(Contestant.WEFT));
        List<Contestant> three =
                base(Stream.of(Contestant.WEFT, "ASM tree", "ASM tree (compiled classes)"));
        return List.of(
                new Table(
                        "pass-tree",
                        "W9: classes with ten async methods each, beside reading and writing ASM's tree",
                        three,
                        program("PassRun", made + "/tree", setting.target() + "/pass-output")),
                new Table(
                        "pass-single", "W9: single classes", both, program("PassCost", made, jar)),
                new Table(
                        "pass-huge",
                        "W9: huge methods and classes",
                        both,
                        program("PassHuge", made)),
                new Table(
                        "pass-cores",
                        "W9: a run over a folder, on all cores",
                        weft,
                        program("PassCores", made + "/tree")),
                new Table(
                        "pass-one-core",
                        "W9: a run over a folder, on one core",
                        weft,
                        new ProgramTrial(
                                setting,
                                "PassCores",
                                List.of("-XX:ActiveProcessorCount=1"),
                                List.of(made + "/tree"))),
                new Table("pass-growth", "W9: growth of code", weft, program("PassGrowth", made)));
    }

    private ProgramTrial program(String program, String... args) {
        return new ProgramTrial(setting, program, List.of(), List.of(args));
    }

    private Table jmh(String name, String title, String benchmarks, List<String> peers) {
        return new Table(name, title, withVirtual(peers), new JmhTrial(setting, benchmarks));
    }

    private static List<String> with(String... more) {
        return Stream.concat(WITH_KILIM.stream(), Stream.of(more))
                .sorted(Tables::byFamily)
                .toList();
    }

    /** Limits first, then Weft, then the others. */
    private static int byFamily(String a, String b) {
        return Integer.compare(family(a), family(b));
    }

    private static int family(String peer) {
        return peer.startsWith(Contestant.LIMIT) ? 0 : peer.startsWith(Contestant.WEFT) ? 1 : 2;
    }

    private List<Contestant> base(Stream<String> peers) {
        return Contestant.base(setting, peers.toArray(String[]::new));
    }

    private List<Contestant> withVirtual(List<String> peers) {
        return Contestant.both(base(peers.stream()), Contestant.newest(setting, VIRTUAL));
    }

    private static List<String> args(int first, int second) {
        return List.of(
                String.format(Locale.ROOT, "%d", first), String.format(Locale.ROOT, "%d", second));
    }
}
