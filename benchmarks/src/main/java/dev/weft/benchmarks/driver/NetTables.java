package dev.weft.benchmarks.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The tables of servers. */
final class NetTables {
    private static final String VIRTUAL = HelloTrial.VIRTUAL;

    private final Setting setting;

    NetTables(Setting setting) {
        this.setting = setting;
    }

    /** Returns the tables with a name; none, with a message, if something is missing. */
    List<Table> named(String name) throws IOException, InterruptedException {
        return switch (name) {
            case "http" -> loaded("wrk", http());
            case "http2" -> loaded("h2load", http2());
            case "tls" -> tls();
            case "hello-net" -> List.of(helloNet());
            case "connections" -> connections();
            default -> echo();
        };
    }

    /** The peers of virtual threads take turns with those that do not need a new JDK. */
    private List<Table> echo() {
        List<Contestant> peers =
                withVirtual(
                        "limit",
                        "Weft",
                        "Weft (own buffer)",
                        "Weft (Netty epoll)",
                        "Netty NIO",
                        "Netty epoll");
        List<Table> tables = new ArrayList<>();
        for (String connections : List.of("64", "1000")) {
            tables.add(
                    new Table(
                            "echo-" + connections,
                            "W8: echo of 1 KiB, server and client on two cores",
                            peers,
                            program("Echo", connections, "1024", seconds(5))));
        }
        tables.add(
                new Table(
                        "echo-idle",
                        "W8: heap of an idle connection, in a heap of 256 MB",
                        peers,
                        program("IdleConnections", setting.quick() ? "1000" : "15000")));
        return tables;
    }

    private Table http() {
        List<Contestant> peers =
                Contestant.both(
                        Contestant.base(
                                setting,
                                "Weft epoll",
                                "Weft NIO",
                                "Netty epoll",
                                "Netty NIO",
                                "Vert.x epoll"),
                        Contestant.newest(
                                setting, "Jetty, virtual threads", "JDK, virtual threads"));
        return new Table("http", "HTTP/1.1, loaded by wrk", peers, program("Http", seconds(3)));
    }

    private Table http2() {
        return new Table(
                "http2",
                "HTTP/2 without TLS, loaded by h2load",
                Contestant.base(
                        setting,
                        "Weft epoll",
                        "Weft NIO",
                        "Netty epoll",
                        "Netty NIO",
                        "Vert.x epoll"),
                program("Http2", seconds(5)));
    }

    private List<Table> tls() {
        List<Contestant> peers =
                withVirtual(
                        "Weft",
                        "Weft (own buffer)",
                        "Weft (Netty NIO)",
                        "Weft (Netty epoll)",
                        "Netty NIO",
                        "Netty epoll");
        String certificate = setting.target().resolve("tls.p12").toString();
        String title = "TLS: echo, server and client on two cores";
        return List.of(
                new Table(
                        "tls-64",
                        title,
                        peers,
                        program("TlsEcho", certificate, "64", "1024", seconds(4))),
                new Table(
                        "tls-bulk",
                        title,
                        peers,
                        program("TlsEcho", certificate, "8", "16384", seconds(4))));
    }

    private Table helloNet() {
        return new Table(
                "hello-net",
                "Hello world over TCP, the whole process",
                Contestant.both(
                        Contestant.base(setting, "limit", Contestant.WEFT, "Netty NIO"),
                        Contestant.newest(setting, "limit", Contestant.WEFT, "Netty NIO", VIRTUAL)),
                new HelloNetTrial(setting));
    }

    private List<Table> connections() throws IOException, InterruptedException {
        for (Jvm jvm : setting.newestOnly()) {
            Java25.compiled(setting, jvm, "OwnDescriptors");
            List<String> options = List.of("--enable-native-access=ALL-UNNAMED");
            List<String> args = List.of(setting.quick() ? "6000" : "100000", "6");
            return List.of(
                    new Table(
                            "connections",
                            "100,000 connections that wait, in a heap of 256 MB",
                            Contestant.newest(
                                    setting, "limit", Contestant.WEFT, "Netty NIO", "Netty epoll"),
                            new ProgramTrial(setting, "Connections", options, args)));
        }
        return missing("JDK25 is not set");
    }

    // ---- parts

    /** Returns the table, if there is the command that loads the servers. */
    private static List<Table> loaded(String command, Table table) {
        boolean exists =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
        return exists ? List.of(table) : missing("install " + command);
    }

    private static List<Table> missing(String reason) {
        System.err.println("*** THE TABLE IS LEFT OUT: " + reason + ".");
        return List.of();
    }

    private String seconds(int seconds) {
        return Integer.toString(setting.quick() ? 1 : seconds);
    }

    private List<Contestant> withVirtual(String... peers) {
        return Contestant.both(
                Contestant.base(setting, peers), Contestant.newest(setting, VIRTUAL));
    }

    private ProgramTrial program(String program, String... args) {
        return new ProgramTrial(setting, program, List.of(), List.of(args));
    }
}
