package dev.weft.spec.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The runtime calls objects of the user in one class only, {@code UserCode}, and nowhere inside a
 * half-made change. This finds calls elsewhere whose static type may be an object of the user.
 */
class UserCodeTest {
    private static final Path CLASSES = Path.of("../runtime/target/classes");

    private static final Set<String> THE_PLACE =
            Set.of("dev/weft/internal/report/UserCode", "dev/weft/internal/report/Log");

    /** Calls of objects that the runtime itself has created, or that run as part of a step. */
    private static final Map<String, String> ALLOWED =
            Map.ofEntries(
                    entry("LazyCoroutine.step AsyncCallable.call", "runs in the step"),
                    entry("GroupScope.callBody AsyncFunction.apply", "runs in the step"),
                    entry("TaskLocal$Where.step AsyncCallable.call", "runs in the step"),
                    entry(
                            "sync/Permits$Acquisition.callBody AsyncCallable.call",
                            "runs in the step"),
                    entry("BlockingCall$1.call BlockingRunnable.run", "called by UserCode.call"),
                    entry("LoopThread.start UnaryOperator.identity", "creates a function"),
                    entry("stream/AsyncStream.concat Function.identity", "creates a function"),
                    entry("stream/AsyncStream.positive StringBuilder.append", "a duration"),
                    entry("Runner.shutDown Runnable.run", "ends the recording of creation sites"),
                    entry(
                            "internal/report/UnseenFailures.reportUnreachable Consumer.accept",
                            "the loop"),
                    entry("internal/report/UnseenFailures.reportAll Consumer.accept", "the loop"),
                    entry(
                            "internal/thread/BlockingThreads.execute OutOfMemoryError.getMessage",
                            "of the JVM"),
                    entry(
                            "internal/thread/BlockingThreads.execute ExecutorService.execute",
                            "own threads"),
                    entry("internal/thread/BlockingThreads.execute String.valueOf", "of the JVM"),
                    entry("internal/loop/LoopRegistry.changed Runnable.run", "the monitor"),
                    entry("internal/loop/LoopQuestion.stuck Object.toString", "a turn"),
                    entry("internal/monitor/Measurement$Change.take Runnable.run", "of the class"),
                    entry("Timeout.timedOut TimeoutException.initCause", "created there"),
                    entry("BlockingCall.left CancelledError.initCause", "created there"),
                    entry("StageView.cancelledBy CancelledError.initCause", "created there"),
                    entry(
                            "stream/Publishing.cancellation CancellationException.initCause",
                            "created there"),
                    entry(
                            "CancelledError.<init> CancelledError.fillInStackTrace",
                            "as in every constructor of an exception"),
                    entry("Traces.callersOfRun Throwable.getStackTrace", "created there"),
                    entry("Traces.nullAwaited Throwable.getStackTrace", "created there"),
                    entry("Traces.withCurrentStack Throwable.getStackTrace", "created there"),
                    entry(
                            "internal/report/CreationSite.described Throwable.setStackTrace",
                            "created there"),
                    entry("Deferred.awaitIn StringBuilder.append", "a result"),
                    entry("Deferred.ended StringBuilder.append", "a result"),
                    entry("FutureView.loopClosed StringBuilder.append", "a result"),
                    entry("FutureView.toString StringBuilder.append", "a result"),
                    entry("Gather.checkOwn StringBuilder.append", "a result"),
                    entry("Runner.timerSlack StringBuilder.append", "a duration"),
                    entry("Timeout.reason StringBuilder.append", "a duration"),
                    entry(
                            "resilience/Arguments.refused StringBuilder.append",
                            "a duration or a number"),
                    entry("resilience/CircuitBreaker.admit StringBuilder.append", "a duration"),
                    entry(
                            "Task.givenName Object.toString",
                            "a text, or an object of an extension that does not change"),
                    entry("Traces.describe StringBuilder.append", "an element of a trace"),
                    entry(
                            "internal/report/CreationSite.described StringBuilder.append",
                            "an element of a trace"),
                    entry("internal/loop/LoopWatch.report StringBuilder.append", "a turn"),
                    entry("Inspection.described Object.toString", "a task-local"),
                    entry("MultiWait.waitsFor StringBuilder.append", "an enum"),
                    entry("TaskLocal.toString Object.hashCode", "of this class, which is final"),
                    entry("internal/loop/LoopWatch.report Object.toString", "a turn"),
                    entry("internal/loop/Observation$Turning.label String.valueOf", "a turn"),
                    entry(
                            "observe/SnapshotJson.elements BiConsumer.accept",
                            "a method of this class"),
                    entry("observe/SnapshotJson.elements Collection.iterator", "a list of the JDK"),
                    entry("observe/SnapshotJson.string String.valueOf", "a text"),
                    entry("observe/TaskTree.kinds StringBuilder.append", "an element of a trace"),
                    entry("observe/TaskTree.node StringBuilder.append", "an element of a trace"),
                    entry(
                            "internal/report/Tools.lookAtRecordings Runnable.run",
                            "a class of the runtime"),
                    entry("internal/loop/TaskThread.run Runnable.run", "the steps of a task"));

    /**
     * The functions of streams run in the step of the task that asks, where the machine of streams
     * expects them: in these methods.
     */
    private static final Pattern OF_STREAMS =
            Pattern.compile(
                    "stream/[\\w$]+\\.(take|begin|advance|result|work|accept|poll"
                            + "|lambda\\$flatMap\\w*\\$\\d+) "
                            + "(\\w*Function|Predicate|\\w*Consumer|Supplier|Iterable|Object)\\.\\w+");

    /** Publishers, subscribers and subscriptions are called by the two bridges to them. */
    private static final Pattern OF_BRIDGES =
            Pattern.compile(
                    "stream/(FromPublisher|ToPublisher|Publishing)[\\w$]*\\.\\w+ Flow\\$\\w+\\.\\w+");

    /** Traces hold numbers and texts; a failure becomes a text in {@code UserCode}. */
    private static final Pattern OF_TRACES =
            Pattern.compile(
                    "internal/trace/[\\w$/]+\\.[\\w<>]+ "
                            + "(StringBuilder.append|String.valueOf|Object.toString|Predicate.test"
                            + "|IntToLongFunction.applyAsLong|Collection.stream|Consumer.accept)");

    @Test
    void objectsOfTheUserAreCalledInOnePlaceOnly() throws IOException {
        Set<String> calls = new TreeSet<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class")).toList()) {
                collect(new ClassReader(Files.readAllBytes(file)), calls);
            }
        }
        Set<String> unexpected = new TreeSet<>(calls);
        unexpected.removeAll(ALLOWED.keySet());
        unexpected.removeIf(call -> OF_STREAMS.matcher(call).matches());
        unexpected.removeIf(call -> call.contains(".$deserializeLambda$ ")); // written by javac
        unexpected.removeIf(call -> OF_BRIDGES.matcher(call).matches());
        unexpected.removeIf(call -> OF_TRACES.matcher(call).matches());

        assertThat(unexpected).isEmpty();
        assertThat(calls).as("exceptions that are still needed").containsAll(ALLOWED.keySet());
    }

    private static void collect(ClassReader reader, Set<String> calls) {
        String user = reader.getClassName();
        if (THE_PLACE.contains(user)) {
            return;
        }
        reader.accept(
                new ClassVisitor(Opcodes.ASM9) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String desc, String sig, String[] thrown) {
                        return new MethodVisitor(Opcodes.ASM9) {
                            @Override
                            public void visitMethodInsn(
                                    int opcode,
                                    String owner,
                                    String called,
                                    String desc,
                                    boolean itf) {
                                if (opcode != Opcodes.INVOKESPECIAL
                                        && mayBeOfUser(owner, called, desc)) {
                                    calls.add(
                                            user.replaceFirst("^dev/weft/", "")
                                                    + "."
                                                    + name
                                                    + " "
                                                    + owner.substring(owner.lastIndexOf('/') + 1)
                                                    + "."
                                                    + called);
                                }
                            }
                        };
                    }
                },
                ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    private static final Map<String, Set<String>> FOREIGN =
            new TreeMap<>(
                    Map.of(
                            "java/lang/Object", Set.of("equals", "hashCode", "toString"),
                            "java/lang/Runnable", Set.of("run"),
                            "java/util/concurrent/Callable", Set.of("call"),
                            "java/util/Comparator", Set.of("compare"),
                            "java/lang/Iterable", Set.of("iterator", "forEach", "spliterator"),
                            "dev/weft/AsyncCallable", Set.of("call"),
                            "dev/weft/AsyncFunction", Set.of("apply"),
                            "dev/weft/BlockingRunnable", Set.of("run")));

    private static final Set<String> OF_EXCEPTIONS =
            Set.of(
                    "getMessage",
                    "getLocalizedMessage",
                    "getCause",
                    "initCause",
                    "getStackTrace",
                    "setStackTrace",
                    "printStackTrace",
                    "fillInStackTrace",
                    "toString");

    private static boolean mayBeOfUser(String owner, String called, String desc) {
        if (FOREIGN.getOrDefault(owner, Set.of()).contains(called)) {
            return true;
        }
        if (owner.startsWith("java/util/function/")
                || owner.startsWith("java/util/concurrent/Flow$")
                || owner.equals("java/util/Collection")
                || owner.equals("java/util/concurrent/Executor")
                || owner.equals("java/util/concurrent/CompletionStage")
                || owner.equals("java/lang/System$Logger")) {
            return true;
        }
        if (owner.equals("java/util/concurrent/ExecutorService")) {
            return called.equals("execute") || called.equals("submit");
        }
        boolean isException =
                owner.endsWith("Exception")
                        || owner.endsWith("Error")
                        || owner.equals("java/lang/Throwable");
        if (isException && OF_EXCEPTIONS.contains(called)) {
            return true;
        }
        boolean writesObject = owner.equals("java/lang/String") && called.equals("valueOf");
        return (writesObject || called.equals("append")) && desc.startsWith("(Ljava/lang/Object;)");
    }
}
