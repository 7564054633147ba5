package dev.weft.instrument.diagnose;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * The calls that block the loop's thread, and the awaitable to use instead. Known by name, because
 * no class hierarchy is available.
 */
final class BlockingCalls {
    private static final String CONCURRENT = "java/util/concurrent/";
    private static final String SLEEP = "await(sleep(duration))";
    private static final String STAGE = "await(future)";
    private static final String LOCK = "an AsyncLock: await(lock.acquire())";
    private static final String QUEUE = "an AsyncQueue: await(queue.get()), await(queue.put(item))";
    private static final String CONDITION = "an AsyncCondition: await(condition.waitFor())";
    private static final String EVENT = "an AsyncEvent: await(event.waitFor())";
    private static final String BARRIER = "an AsyncBarrier: await(barrier.arrive())";
    private static final String SEMAPHORE = "an AsyncSemaphore: await(semaphore.acquire())";
    private static final String BLOCKING = "await(blocking(() -> ...))";

    private static final Map<String, String> SOCKET =
            Map.of("connect", BLOCKING, "getInputStream", BLOCKING);
    private static final Map<String, String> CONNECTION =
            Map.of("connect", BLOCKING, "getInputStream", BLOCKING, "getResponseCode", BLOCKING);

    /** The replacements by owner, then by name. */
    private static final Map<String, Map<String, String>> BY_OWNER =
            Map.ofEntries(
                    Map.entry("java/lang/Thread", Map.of("sleep", SLEEP, "join", BLOCKING)),
                    Map.entry("java/lang/Process", Map.of("waitFor", "await(process.onExit())")),
                    Map.entry(CONCURRENT + "TimeUnit", Map.of("sleep", SLEEP)),
                    Map.entry(CONCURRENT + "CountDownLatch", Map.of("await", EVENT)),
                    Map.entry(CONCURRENT + "CyclicBarrier", Map.of("await", BARRIER)),
                    Map.entry(CONCURRENT + "Phaser", Map.of("arriveAndAwaitAdvance", BARRIER)),
                    Map.entry(
                            CONCURRENT + "Semaphore",
                            Map.of("acquire", SEMAPHORE, "acquireUninterruptibly", SEMAPHORE)),
                    Map.entry(CONCURRENT + "Exchanger", Map.of("exchange", QUEUE)),
                    Map.entry(
                            CONCURRENT + "ExecutorService",
                            Map.of(
                                    "awaitTermination",
                                    BLOCKING,
                                    "invokeAll",
                                    BLOCKING,
                                    "invokeAny",
                                    BLOCKING)),
                    Map.entry(CONCURRENT + "ForkJoinTask", Map.of("invoke", BLOCKING)),
                    Map.entry(
                            CONCURRENT + "locks/Condition",
                            Map.of(
                                    "await",
                                    CONDITION,
                                    "awaitNanos",
                                    CONDITION,
                                    "awaitUninterruptibly",
                                    CONDITION)),
                    Map.entry("java/net/Socket", SOCKET),
                    Map.entry("javax/net/ssl/SSLSocket", SOCKET),
                    Map.entry("java/net/Socket$SocketInputStream", Map.of("read", BLOCKING)),
                    Map.entry("java/net/ServerSocket", Map.of("accept", BLOCKING)),
                    Map.entry("javax/net/ssl/SSLServerSocket", Map.of("accept", BLOCKING)),
                    Map.entry("java/net/DatagramSocket", Map.of("receive", BLOCKING)),
                    Map.entry("java/net/MulticastSocket", Map.of("receive", BLOCKING)),
                    Map.entry("java/net/URL", Map.of("openStream", BLOCKING)),
                    Map.entry("java/net/URLConnection", CONNECTION),
                    Map.entry("java/net/HttpURLConnection", CONNECTION),
                    Map.entry("javax/net/ssl/HttpsURLConnection", CONNECTION),
                    Map.entry(
                            "java/net/http/HttpClient",
                            Map.of("send", "await(client.sendAsync(...))")));

    private static final Set<String> FUTURES =
            Set.of(
                    "Future",
                    "CompletableFuture",
                    "FutureTask",
                    "ForkJoinTask",
                    "CountedCompleter",
                    "RunnableFuture",
                    "RunnableScheduledFuture",
                    "ScheduledFuture",
                    "RecursiveTask",
                    "RecursiveAction");

    private static final Set<String> QUEUES =
            Set.of(
                    "BlockingQueue",
                    "BlockingDeque",
                    "TransferQueue",
                    "ArrayBlockingQueue",
                    "LinkedBlockingQueue",
                    "LinkedBlockingDeque",
                    "SynchronousQueue");

    /** Queues that never block a producer. */
    private static final Set<String> UNBOUNDED_QUEUES =
            Set.of("PriorityBlockingQueue", "LinkedTransferQueue", "DelayQueue");

    private static final Set<String> LOCKS =
            Set.of(
                    "Lock",
                    "ReentrantLock",
                    "ReentrantReadWriteLock$ReadLock",
                    "ReentrantReadWriteLock$WriteLock");

    private BlockingCalls() {}

    /** Returns the message about a blocking call; null for other calls. */
    static @Nullable String advice(MethodInsnNode call) {
        String instead = replacement(call);
        if (instead == null) {
            return null;
        }
        String type = call.owner.substring(call.owner.lastIndexOf('/') + 1).replace('$', '.');
        return type
                + "."
                + call.name
                + " blocks the thread that runs every task of the loop: use "
                + instead
                + (instead.equals(BLOCKING) ? "" : ", or " + BLOCKING);
    }

    private static @Nullable String replacement(MethodInsnNode call) {
        if (call.name.equals("wait") && isObjectWait(call.desc)) {
            return CONDITION;
        }
        if (!call.owner.startsWith("java")) {
            return null;
        }
        String known = BY_OWNER.getOrDefault(call.owner, Map.of()).get(call.name);
        if (known != null || !call.owner.startsWith(CONCURRENT)) {
            return known;
        }
        String type = call.owner.substring(CONCURRENT.length());
        if (FUTURES.contains(type)) {
            return Set.of("get", "join").contains(call.name) ? STAGE : null;
        }
        if (QUEUES.contains(type)) {
            return blocksOnTaking(call) || blocksOnPutting(call) ? QUEUE : null;
        }
        if (UNBOUNDED_QUEUES.contains(type)) {
            return blocksOnTaking(call) ? QUEUE : null;
        }
        if (type.startsWith("locks/") && LOCKS.contains(type.substring("locks/".length()))) {
            return blocksOnLock(call) ? LOCK : null;
        }
        return null;
    }

    private static boolean isObjectWait(String descriptor) {
        return Set.of("()V", "(J)V", "(JI)V").contains(descriptor);
    }

    /** Returns whether the call waits for an element, or for a consumer ({@code transfer}). */
    private static boolean blocksOnTaking(MethodInsnNode call) {
        return call.name.startsWith("take")
                || call.name.equals("transfer")
                || (isTimed(call)
                        && (call.name.startsWith("poll") || call.name.equals("tryTransfer")));
    }

    private static boolean blocksOnPutting(MethodInsnNode call) {
        return call.name.equals("put")
                || call.name.equals("putFirst")
                || call.name.equals("putLast")
                || (isTimed(call) && call.name.startsWith("offer"));
    }

    private static boolean blocksOnLock(MethodInsnNode call) {
        return Set.of("lock", "lockInterruptibly").contains(call.name)
                || (isTimed(call) && call.name.equals("tryLock"));
    }

    private static boolean isTimed(MethodInsnNode call) {
        return call.desc.contains("Ljava/util/concurrent/TimeUnit;");
    }
}
