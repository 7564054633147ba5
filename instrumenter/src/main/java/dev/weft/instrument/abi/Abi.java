package dev.weft.instrument.abi;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The classes and members of the runtime that the compiler looks for, links to or mentions. No
 * other file contains such a name. Class names are internal ones ({@code a/b/C}) unless their
 * constant ends in {@code _NAME}.
 */
public final class Abi {
    /** A text in the constant pool of every class file that concerns Weft. */
    public static final String PACKAGE = "dev/weft";

    /** The class attribute of compiled classes. */
    public static final String MARKER = "dev.weft.Compiled";

    public static final String ASYNC = "Ldev/weft/Async;";
    public static final String ASYNC_NAME = "dev.weft.Async";
    public static final String ASYNC_LOCK_NAME = "dev.weft.sync.AsyncLock";
    public static final String WEFT = "dev/weft/Weft";
    public static final String COROUTINE = "dev/weft/Coroutine";
    public static final String COROUTINE_DESCRIPTOR = "Ldev/weft/Coroutine;";
    public static final String AWAITABLE = "dev/weft/Awaitable";
    public static final String TASK = "dev/weft/Task";
    public static final String FRAME = "dev/weft/compiled/Frame";
    public static final String GENERATED = "Ldev/weft/compiled/Generated;";

    public static final String CLOSING = "dev/weft/Closing";
    public static final String STREAM = "dev/weft/stream/AsyncStream";
    private static final String STREAM_DESCRIPTOR = "Ldev/weft/stream/AsyncStream;";

    /** The annotations of weft-junit, and the method that runs an async test method. */
    public static final String WEFT_TEST = "Ldev/weft/junit/WeftTest;";

    public static final String WEFT_TEST_NAME = "dev.weft.junit.WeftTest";
    public static final String JUNIT_PACKAGE = "Ldev/weft/junit/";
    public static final String SHUFFLED = "Ldev/weft/junit/Shuffled;";
    public static final String ASYNC_TESTS = "dev/weft/junit/compiled/AsyncTests";
    public static final String RUN_TEST = "run";
    public static final String RUN_TEST_DESCRIPTOR = "(Ldev/weft/Coroutine;)V";

    /** Public classes that often live across an await. */
    public static final Set<String> PUBLIC =
            Set.of(
                    COROUTINE,
                    TASK,
                    "dev/weft/Deferred",
                    "dev/weft/Promise",
                    "dev/weft/TaskGroup",
                    CLOSING,
                    STREAM);

    public static final String OBJECT = "java/lang/Object";
    public static final String OBJECT_DESCRIPTOR = "Ljava/lang/Object;";

    public static final String AWAIT = "await";
    private static final String AWAIT_AWAITABLE = "(Ldev/weft/Awaitable;)Ljava/lang/Object;";
    private static final String AWAIT_THROWING =
            "(Ldev/weft/Awaitable;Ljava/lang/Class;)Ljava/lang/Object;";
    private static final String AWAIT_STAGE =
            "(Ljava/util/concurrent/CompletionStage;)Ljava/lang/Object;";

    public static final String OF = "of";
    public static final String OF_DESCRIPTOR = "(Ljava/lang/Object;)Ldev/weft/Coroutine;";
    private static final String DONE = "done";
    private static final String DONE_DESCRIPTOR = "()Ldev/weft/Coroutine;";

    public static final String STATE = "state";
    public static final String SUSPENDED = "SUSPENDED";
    public static final String TABLE = "table";
    public static final String TABLE_DESCRIPTOR = "()Ljava/lang/String;";
    public static final String STEP = "step";
    public static final String STEP_DESCRIPTOR =
            "(Ldev/weft/Task;Ljava/lang/Object;I)Ljava/lang/Object;";

    public static final String FRAME_AWAIT = "await";
    public static final String FRAME_TAIL = "tail";

    /** The descriptor of {@code Frame.await}, {@code Frame.awaitUnboxed} and {@code Frame.tail}. */
    public static final String FRAME_CALL_DESCRIPTOR =
            "(Ljava/lang/Object;Ldev/weft/compiled/Frame;Ldev/weft/Task;I)Ljava/lang/Object;";

    /** {@code Frame.await} of a value that {@code Frame.intOf} or the like unboxes at once. */
    public static final String FRAME_AWAIT_UNBOXED = "awaitUnboxed";

    public static final String BOXED = "boxed";
    public static final String BOXED_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

    public static final String LINK = "link";
    public static final String LINK_DESCRIPTOR = "(Ldev/weft/compiled/Frame;Ldev/weft/Task;)V";
    public static final String TAILED = "tailed";
    public static final String TAILED_DESCRIPTOR =
            "(Ljava/lang/Object;Ldev/weft/compiled/Frame;Ldev/weft/Task;)Ljava/lang/Object;";
    public static final String TOO_DEEP = "tooDeep";
    public static final String TOO_DEEP_DESCRIPTOR =
            "(Ldev/weft/compiled/Frame;Ldev/weft/Task;)Ljava/lang/Object;";
    public static final String LEAVING = "leaving";
    public static final String LEAVING_DESCRIPTOR =
            "(Ljava/lang/Throwable;Ldev/weft/Task;)Ljava/lang/Throwable;";
    public static final String THROWABLE = "java/lang/Throwable";
    public static final String ADD_SUPPRESSED = "addSuppressed";
    public static final String ADD_SUPPRESSED_DESCRIPTOR = "(Ljava/lang/Throwable;)V";

    /** The class that bodies in the coverage shape call. */
    public static final String SUSPENSION = "dev/weft/compiled/Suspension";

    public static final String SUSPENSION_OF = "of";
    public static final String SUSPENSION_OF_DESCRIPTOR =
            "(Ljava/lang/Object;)Ldev/weft/compiled/Suspension;";
    public static final String KEY = "key";
    public static final String KEY_DESCRIPTOR = "(I)Ljava/lang/String;";
    public static final String ARRIVED = "arrived";
    public static final String ARRIVED_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";
    public static final String RETURNED = "returned";
    public static final String RETURNED_DESCRIPTOR = "(Ljava/lang/Object;)Ldev/weft/Coroutine;";

    /** The rest of a body's descriptor after the frame: start, task and value. */
    public static final String OWN_PARAMETERS_AFTER_FRAME =
            "ILdev/weft/Task;Ljava/lang/Object;)Ljava/lang/Object;";

    /** Methods that return the start of a step, and that of a body which the step calls. */
    public static final String START = "start";

    public static final String START_DESCRIPTOR = "(I)I";
    public static final String DEEPER = "deeper";
    public static final String DEEPER_DESCRIPTOR = "(I)I";

    /** The descriptor of the runtime's constructor for a frame that is made by a suspension. */
    public static final String MAKING_DESCRIPTOR = "(Ldev/weft/Task;)V";

    public static final String RESUMED = "resumed";
    public static final String RESUMED_DESCRIPTOR = "(Ljava/lang/Object;)Ljava/lang/Object;";

    /** The class whose static methods have the effect of {@code await(queue.get())} and others. */
    private static final String COMPILED_CALLS = "dev/weft/sync/CompiledCalls";

    /** The class whose static methods have the effect of generators and of reading a stream. */
    public static final String COMPILED_STREAMS = "dev/weft/stream/CompiledStreams";

    public static final String GENERATOR = "generator";
    public static final String GENERATOR_DESCRIPTOR =
            "(Ldev/weft/Coroutine;)Ldev/weft/stream/AsyncStream;";
    public static final String CHECK_END = "checkEnd";
    public static final String CHECK_END_DESCRIPTOR = "(Ldev/weft/stream/AsyncStream;)V";
    private static final String EMIT = "emit";
    private static final String EMIT_DESCRIPTOR = "(Ljava/lang/Object;)V";
    private static final String EMITTING_DESCRIPTOR = "(Ljava/lang/Object;)Ldev/weft/Coroutine;";
    private static final String HAS_NEXT = "hasNext";
    private static final String END = "end";
    private static final String END_DESCRIPTOR = "()Ldev/weft/stream/AsyncStream;";
    public static final String CLOSE = "close";
    public static final String CLOSE_DESCRIPTOR = "()V";
    public static final String CLOSED = "closed";
    public static final String CLOSED_DESCRIPTOR = "(Ldev/weft/Closing;)Ldev/weft/Coroutine;";

    public static final String CLOSED_AFTER = "closedAfter";
    private static final String CLOSED_AFTER_DESCRIPTOR =
            "(Ldev/weft/Closing;Ljava/lang/Throwable;)Ldev/weft/Coroutine;";

    private static final Set<String> COMPILED =
            Set.of(
                    "dev/weft/sync/AsyncEvent.waitFor()",
                    "dev/weft/sync/AsyncLock.acquire()",
                    "dev/weft/sync/AsyncQueue.get()",
                    "dev/weft/sync/AsyncQueue.put(Ljava/lang/Object;)",
                    "dev/weft/sync/AsyncSemaphore.acquire()",
                    "dev/weft/sync/AsyncSemaphore.acquire(I)");

    private Abi() {}

    /**
     * Returns the class that has a method for the call and an await of its result; null if there is
     * none.
     */
    public static @Nullable String compiledOwner(MethodInsnNode call) {
        if (!call.owner.startsWith(PACKAGE) || !call.desc.endsWith(COROUTINE_DESCRIPTOR)) {
            return null;
        }
        if (call.owner.equals(COMPILED_STREAMS) || isHasNext(call)) {
            return COMPILED_STREAMS;
        }
        return call.getOpcode() == Opcodes.INVOKEVIRTUAL
                        && COMPILED.contains(call.owner + "." + call.name + parameters(call))
                ? COMPILED_CALLS
                : null;
    }

    /** Returns whether the compiled form of the call takes the start of the step. */
    public static boolean isHasNext(MethodInsnNode call) {
        return call.owner.equals(STREAM) && call.name.equals(HAS_NEXT);
    }

    private static String parameters(MethodInsnNode call) {
        return call.desc.substring(0, call.desc.length() - COROUTINE_DESCRIPTOR.length());
    }

    /** Returns the descriptor of the method that {@link #compiledOwner} has for a call. */
    public static String compiledDescriptor(MethodInsnNode call) {
        String arguments = call.desc.substring(1, call.desc.indexOf(')'));
        String receiver = call.getOpcode() == Opcodes.INVOKESTATIC ? "" : "L" + call.owner + ";";
        return "("
                + receiver
                + arguments
                + "Ldev/weft/Coroutine;Ldev/weft/Task;"
                + (isHasNext(call) ? "I)" : ")")
                + OBJECT_DESCRIPTOR;
    }

    /**
     * Creates the call that stands for {@code emit} before an await; see {@link #compiledOwner}.
     */
    public static MethodInsnNode emitting() {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, COMPILED_STREAMS, EMIT, EMITTING_DESCRIPTOR);
    }

    /** Returns whether the call is one that {@link #emitting} has created. */
    public static boolean isEmitting(MethodInsnNode call) {
        return call.owner.equals(COMPILED_STREAMS);
    }

    /** Creates the call whose result is awaited in place of {@code Closing.close()}. */
    public static MethodInsnNode closed() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, FRAME, CLOSED, CLOSED_DESCRIPTOR);
    }

    /** Creates the same for a close after a failure, which is the last argument. */
    public static MethodInsnNode closedAfter() {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, FRAME, CLOSED_AFTER, CLOSED_AFTER_DESCRIPTOR);
    }

    /** Returns whether the call is one that {@link #closed} or {@link #closedAfter} has created. */
    public static boolean isClosed(MethodInsnNode call) {
        return call.owner.equals(FRAME)
                && (call.name.equals(CLOSED) || call.name.equals(CLOSED_AFTER));
    }

    /** Creates a call of {@code Weft.await}. */
    public static MethodInsnNode awaiting() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, WEFT, AWAIT, AWAIT_AWAITABLE);
    }

    /** Creates the check of what a generator returns. */
    public static MethodInsnNode checkingEnd() {
        return new MethodInsnNode(
                Opcodes.INVOKESTATIC, COMPILED_STREAMS, CHECK_END, CHECK_END_DESCRIPTOR);
    }

    /** Creates a call of {@code Coroutine.done}. */
    public static MethodInsnNode done() {
        return new MethodInsnNode(Opcodes.INVOKESTATIC, COROUTINE, DONE, DONE_DESCRIPTOR);
    }

    /** Returns whether the call is {@code AsyncStream.emit}. */
    public static boolean isEmit(MethodInsnNode call) {
        return call.owner.equals(STREAM)
                && call.name.equals(EMIT)
                && call.desc.equals(EMIT_DESCRIPTOR);
    }

    /** Returns whether the call is {@code AsyncStream.end}. */
    public static boolean isStreamEnd(MethodInsnNode call) {
        return call.owner.equals(STREAM)
                && call.name.equals(END)
                && call.desc.equals(END_DESCRIPTOR);
    }

    /** Returns whether the call is {@code Closing.close}. */
    public static boolean isClose(MethodInsnNode call) {
        return call.owner.equals(CLOSING)
                && call.name.equals(CLOSE)
                && call.desc.equals(CLOSE_DESCRIPTOR);
    }

    /** Returns whether the call suspends a body: an await, an emit, or the close of a resource. */
    public static boolean suspends(MethodInsnNode call) {
        return isAwait(call) || isEmit(call) || isClose(call);
    }

    /** Returns the beginning of a descriptor: the parameters are a frame and a task. */
    public static String takingFrameAndTask(String frameClass) {
        return "(L" + frameClass + ";L" + TASK + ";)";
    }

    /** Returns whether the call is {@code Weft.await} in one of its three forms. */
    public static boolean isAwait(MethodInsnNode call) {
        return call.getOpcode() == Opcodes.INVOKESTATIC
                && call.owner.equals(WEFT)
                && call.name.equals(AWAIT)
                && (call.desc.equals(AWAIT_AWAITABLE)
                        || call.desc.equals(AWAIT_STAGE)
                        || call.desc.equals(AWAIT_THROWING));
    }

    /**
     * Returns whether the call is {@code await(x, E.class)}, whose second argument matters at
     * compile time only.
     */
    public static boolean isThrowingAwait(MethodInsnNode call) {
        return isAwait(call) && call.desc.equals(AWAIT_THROWING);
    }

    /** Returns whether a class is in a package that the runtime exports. */
    public static boolean isRuntime(String className) {
        String packageName = className.substring(0, Math.max(0, className.lastIndexOf('/')));
        return packageName.equals(PACKAGE)
                || packageName.equals(PACKAGE + "/compiled")
                || packageName.equals(PACKAGE + "/stream")
                || packageName.equals(PACKAGE + "/sync");
    }

    /** Returns whether the method of a handle {@link #suspends}. */
    public static boolean suspends(Handle handle) {
        boolean isAwait = handle.getOwner().equals(WEFT) && handle.getName().equals(AWAIT);
        return isAwait || isOfEmit(handle) || isOfClose(handle);
    }

    /** Returns whether the method of a handle is {@code AsyncStream.emit}. */
    public static boolean isOfEmit(Handle handle) {
        return handle.getOwner().equals(STREAM) && handle.getName().equals(EMIT);
    }

    /** Returns whether the method of a handle is {@code Closing.close}. */
    public static boolean isOfClose(Handle handle) {
        return handle.getOwner().equals(CLOSING) && handle.getName().equals(CLOSE);
    }

    public static boolean isCoroutineOf(MethodInsnNode call) {
        return isCoroutineFactory(call, OF, OF_DESCRIPTOR);
    }

    public static boolean isCoroutineDone(MethodInsnNode call) {
        return isCoroutineFactory(call, DONE, DONE_DESCRIPTOR);
    }

    private static boolean isCoroutineFactory(MethodInsnNode call, String name, String descriptor) {
        return call.getOpcode() == Opcodes.INVOKESTATIC
                && call.owner.equals(COROUTINE)
                && call.name.equals(name)
                && call.desc.equals(descriptor);
    }

    public static boolean returnsCoroutine(String methodDescriptor) {
        return returns(methodDescriptor, COROUTINE_DESCRIPTOR);
    }

    public static boolean returnsStream(String methodDescriptor) {
        return returns(methodDescriptor, STREAM_DESCRIPTOR);
    }

    private static boolean returns(String methodDescriptor, String type) {
        return methodDescriptor.endsWith(type)
                && methodDescriptor.charAt(methodDescriptor.length() - type.length() - 1) == ')';
    }
}
