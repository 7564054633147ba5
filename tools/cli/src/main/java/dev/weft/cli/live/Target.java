package dev.weft.cli.live;

import dev.weft.cli.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The event loops of another process. */
public final class Target implements AutoCloseable {
    /** More than a copy waits for its process. */
    private static final long LIMIT_SECONDS = 30;

    private final long pid;
    private final List<Copy> copies;

    private Target(long pid, List<Copy> copies) {
        this.pid = pid;
        this.copies = copies;
    }

    /**
     * Gets into a process: by its MBeans if it has those, by an agent otherwise.
     *
     * @throws CommandException if there is no such process, or no event loop in it
     */
    public static Target open(long pid) {
        List<Copy> copies;
        try (Jvm jvm = Jvm.attach(pid)) {
            copies = copiesIn(jvm, pid);
        } catch (CommandException expected) {
            throw expected;
        } catch (NoClassDefFoundError noModule) {
            throw Failures.noModule();
        } catch (Exception failure) {
            throw Failures.hasEnded(pid)
                    ? Failures.ended(pid)
                    : CommandException.failed("cannot look into process " + pid + ": " + failure);
        }
        if (copies.isEmpty()) {
            throw noLoop(pid);
        }
        for (int i = 0; i < copies.size(); i++) {
            String unused = copies.get(i).ask("copy", Integer.toString(i + 1));
        }
        return new Target(pid, copies);
    }

    private static List<Copy> copiesIn(Jvm jvm, long pid) throws Exception {
        String runtime = jvm.systemProperties().getProperty(Jvms.MARK);
        if (runtime == null) {
            throw CommandException.failed(
                    "process "
                            + pid
                            + " has had no event loop of Weft since its start: weft ps lists the programs"
                            + " with event loops");
        }
        if (runtime.equals("monitored")) {
            String address = jvm.managementAddress();
            if (address != null) {
                return BeanCopy.at(address, pid);
            }
        }
        try (AgentFolder folder = AgentFolder.create(pid)) {
            return folder.load(jvm);
        }
    }

    private static CommandException noLoop(long pid) {
        return CommandException.failed("process " + pid + " has no open event loop now: try again");
    }

    /**
     * Returns the answer of the chosen loops.
     *
     * @throws CommandException if there is no such loop
     */
    public String ask(Choice choice, String operation, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = Integer.toString(choice.loop());
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        List<String> answers = askCopies(choice, operation, all);
        if (answers.isEmpty()) {
            throw choice.isAll() ? noLoop(pid) : choice.noSuchLoop(pid);
        }
        return SafeText.of(String.join("", answers));
    }

    /** Returns the table of the loops. */
    public String loops() {
        List<String> answers = askCopies(Choice.ALL, "loops");
        if (answers.isEmpty()) {
            throw noLoop(pid);
        }
        return SafeText.of(String.join("", answers));
    }

    /** Returns the chosen loops as one array of JSON. */
    public String json(Choice choice, int limit) {
        return ask(choice, "json", Integer.toString(limit)).replace("]\n[", ",\n");
    }

    /**
     * Returns the tasks of the chosen loops that have this number or name.
     *
     * @throws CommandException if there is none
     */
    public String stack(Choice choice, String task) {
        List<String> answers = askCopies(choice, "stack", Integer.toString(choice.loop()), task);
        if (answers.isEmpty()) {
            throw FoundTask.none(pid, task);
        }
        return SafeText.of(String.join("", answers));
    }

    /** Finds the tasks of the chosen loops that have this number or name. */
    public List<FoundTask> find(Choice choice, String task) {
        return askCopies(choice, "find", Integer.toString(choice.loop()), task).stream()
                .flatMap(String::lines)
                .map(FoundTask::parse)
                .toList();
    }

    /**
     * Starts a trace of all loops of one copy of the runtime.
     *
     * @param format "json" or "html"
     */
    public LiveTrace trace(Choice choice, int seconds, int spans, String format) {
        int copy = Math.max(1, choice.copy());
        if (copy > copies.size()) {
            throw choice.noSuchLoop(pid);
        }
        return LiveTrace.start(copies.get(copy - 1), seconds, spans, format);
    }

    /** Waits for the end of the process. Returns the failure that says so. */
    public CommandException awaitEnd() throws InterruptedException {
        try {
            Object unused =
                    ProcessHandle.of(pid)
                            .map(ProcessHandle::onExit)
                            .orElseGet(() -> CompletableFuture.completedFuture(null))
                            .get();
        } catch (ExecutionException unknown) {
            throw new IllegalStateException(unknown);
        }
        return Failures.ended(pid);
    }

    /** Asks copies at the same time. Leaves out those without an answer. */
    private List<String> askCopies(Choice choice, String operation, String... arguments) {
        List<CompletableFuture<String>> asked = new ArrayList<>();
        for (int copy = 1; copy <= copies.size(); copy++) {
            if (choice.isAll() || choice.copy() == copy) {
                Copy chosen = copies.get(copy - 1);
                asked.add(TimeLimit.start(() -> chosen.ask(operation, arguments)));
            }
        }
        List<String> answers = new ArrayList<>();
        for (CompletableFuture<String> answer : asked) {
            answers.add(await(answer));
        }
        answers.removeIf(answer -> answer.isBlank() || answer.equals("[]\n"));
        return answers;
    }

    private String await(CompletableFuture<String> answer) {
        try {
            return TimeLimit.await(answer, pid, LIMIT_SECONDS);
        } catch (RuntimeException expected) {
            throw expected;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        copies.forEach(Copy::close);
    }
}
