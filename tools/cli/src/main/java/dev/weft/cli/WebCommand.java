package dev.weft.cli;

import dev.weft.cli.live.Choice;
import dev.weft.cli.live.Jvms;
import dev.weft.cli.live.Target;
import dev.weft.cli.web.Watched;
import dev.weft.cli.web.WebServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the tasks of a program as a page. */
@Command(
        name = "web",
        description = {
            "Serves the tasks of a program as a page that is refreshed each second: loops, the tree of"
                    + " tasks with await chains, deadlocks, and a loop that is stuck with its stack.",
            "Prints the address, which a browser on this machine opens. The address is a secret: whoever"
                    + " has it sees the names and lines of the program. Nothing can be changed by the page."
        },
        exitCodeList = {
            "1:the process or loop does not exist, cannot be asked, or has ended; the port is in use",
            "2:wrong use: an option, a Java without the modules jdk.attach and jdk.httpserver",
            "130:Ctrl-C has ended the command"
        },
        footer = {
            "",
            "Examples:",
            "  weft web 4711",
            "  weft web 4711 --port 7000 --interval 5",
            "",
            "Ctrl-C ends the command."
        })
final class WebCommand extends ProgramCommand {
    private static final int HIGHEST_PORT = 65_535;
    private static final int LONGEST_SECONDS = 3_600;

    /** The tasks whose steps are counted one by one. */
    private static final String BUSIEST = "1000";

    @Mixin private final LoopOption loop = new LoopOption();

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "The port of the loopback address. Default: a free one.")
    private int port;

    @Option(
            names = "--interval",
            paramLabel = "N",
            description = "The seconds from one refresh to the next. Default: ${DEFAULT-VALUE}.")
    private int interval = 1;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "The tasks of a loop that are listed one by one, the oldest first, up to 10000. All"
                            + " tasks are counted. Default: ${DEFAULT-VALUE}.")
    private int limit = 1_000;

    @Override
    void check() {
        if (port < 0 || port > HIGHEST_PORT) {
            throw CommandException.wrongUse("--port must be 0 to 65535: " + port);
        }
        if (interval < 1 || interval > LONGEST_SECONDS) {
            throw CommandException.wrongUse("--interval must be 1 to 3600: " + interval);
        }
        if (limit < 0) {
            throw CommandException.wrongUse("--limit must not be negative: " + limit);
        }
        loop.check();
        if (ModuleLayer.boot().findModule("jdk.httpserver").isEmpty()) {
            throw CommandException.wrongUse(
                    "this Java ("
                            + System.getProperty("java.home")
                            + ") has no module jdk.httpserver, which serves the page: use a JDK");
        }
    }

    @Override
    void run(Target target) throws InterruptedException {
        String main = Jvms.main(pid());
        String process = "process " + pid();
        String title = main.isEmpty() ? process : main + " (" + process + ")";
        WebServer.Options options = new WebServer.Options(port, interval * 1_000L, title);
        try (WebServer server = WebServer.start(watched(target), options)) {
            out().println("Open this page in a browser; Ctrl-C ends:");
            out().println(server.url());
            out().flush();
            CommandException end = target.awaitEnd();
            server.end(String.valueOf(end.getMessage()));
            throw end;
        }
    }

    private Watched watched(Target target) {
        Choice choice = loop.choice();
        String unused = target.json(choice, 0); // a loop that does not exist is a failure
        return new Watched() {
            @Override
            public String tasks() {
                return target.json(choice, limit);
            }

            @Override
            public String busiest(int millis) {
                return target.ask(choice, "top", Integer.toString(millis), BUSIEST);
            }
        };
    }
}
